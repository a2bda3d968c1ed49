create table book (
    id bigint primary key,
    title text
);

grant select on book to public;
grant select, insert on book to app_writer with grant option;
grant select on book to app_editor;
grant update (title) on book to app_writer;
grant update (title) on book to app_reader;

create table shelf (
    id bigint primary key
);

grant select on shelf to app_writer;
grant select on shelf to app_reader;
