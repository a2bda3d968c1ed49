create table book (id bigint primary key);
grant select on book to app_editor with grant option;
set role app_editor;
grant select on book to app_reader;
reset role;
