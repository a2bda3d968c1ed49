create table member (
    id bigint primary key,
    name text,
    phone text
);

grant select (id, phone) on member to app_reader;
