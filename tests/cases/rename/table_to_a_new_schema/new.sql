create schema lib;
comment on schema lib is 'what we lend';
-- schemadiff: renamed from public.book
create table lib.book (id serial primary key, title text);
-- schemadiff: renamed from attic.box
create table box (id integer primary key);
