create table book (
    id bigint primary key
);

alter default privileges in schema public grant select, insert on tables to app_writer with grant option;
