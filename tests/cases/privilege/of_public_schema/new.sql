create table book (
    id bigint primary key
);

revoke all on schema public from public;

grant usage on schema public to app_reader;
