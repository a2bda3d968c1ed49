create table book (id bigint, title text);
alter table book owner to app_owner;
grant select (id) on book to app_owner;
grant select (title) on book to app_writer;
