create table book (
    id bigint primary key
);

alter default privileges for role app_owner grant usage on schemas to app_reader;

alter default privileges for role app_owner in schema public
    grant execute on functions to app_reader with grant option;
