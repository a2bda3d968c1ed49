create schema attic;
create table attic.box (id integer primary key);
create table book (id serial primary key, title text);
