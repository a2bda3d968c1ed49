create type address as (
    street text,
    town text,
    country text
);

create table reader (
    id bigint primary key,
    home address
);
