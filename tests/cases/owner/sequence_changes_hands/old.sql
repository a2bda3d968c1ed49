create table book (id serial);
alter table book owner to app_owner;
create table shelf (id integer default nextval('book_id_seq'));
alter table shelf owner to app_writer;
create table reader (id serial);
alter table reader owner to app_owner;
