create table book (id bigint primary key);
alter table book owner to app_writer;
set role app_writer;
grant select on book to app_reader with grant option;
set role app_reader;
grant select on book to app_editor;
reset role;
