create table document (
    id bigint
);

create table priced (
    price numeric not null
);

create table magazine (
    issue integer
) inherits (document);
