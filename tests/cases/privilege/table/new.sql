create table book (
    id bigint primary key
);

grant select, update, delete, truncate, references, trigger on book to app_writer;

grant select on book to app_reader;
