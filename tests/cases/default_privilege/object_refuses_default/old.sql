create schema library;

alter default privileges in schema library grant select on tables to app_reader;
