create table book (
    id bigint primary key
);

grant select on book to app_writer with grant option;

grant select on book to app_reader;
