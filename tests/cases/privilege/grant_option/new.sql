create table book (
    id bigint primary key
);

grant select on book to app_reader with grant option;

grant update on book to app_writer;
