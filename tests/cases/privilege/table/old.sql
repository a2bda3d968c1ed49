create table book (
    id bigint primary key
);

grant select, insert on book to app_writer;
