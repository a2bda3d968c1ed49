create function shelf_mark(number integer) returns text language sql immutable as $$ select number::text $$;

create table book (
    id integer primary key,
    mark text default shelf_mark(1),
    constraint book_is_marked check (shelf_mark(id) <> '')
);

create index book_mark on book (shelf_mark(id));

create view marks as select shelf_mark(id) as mark from book;

alter table book enable row level security;

create policy marked on book using (shelf_mark(id) <> '7');

create domain marked as integer check (shelf_mark(value) <> '0');
