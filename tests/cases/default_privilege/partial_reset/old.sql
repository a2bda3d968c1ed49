create table book (
    id bigint primary key
);

alter default privileges in schema public grant select, insert, update on tables to app_writer;

alter default privileges in schema public grant select on tables to app_reader;
