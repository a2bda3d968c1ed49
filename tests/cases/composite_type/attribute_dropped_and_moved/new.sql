create type address as (
    town text,
    street varchar(20)
);

create table reader (
    id bigint primary key,
    home address
);
