create table product (
    id bigint primary key
);

create type size as enum ('small', 'medium', 'large');
