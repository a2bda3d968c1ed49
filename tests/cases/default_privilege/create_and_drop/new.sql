create schema library;

alter default privileges in schema library grant usage on sequences to app_reader;

alter default privileges grant select, insert on tables to app_writer;
