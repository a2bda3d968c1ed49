create table member (
    id bigint primary key,
    name text,
    phone text
);

grant select (id, name) on member to app_reader;

grant update (phone), insert (id, name) on member to app_writer with grant option;
