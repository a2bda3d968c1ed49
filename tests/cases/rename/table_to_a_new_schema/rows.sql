insert into book (title) values ('Emma');
insert into attic.box values (1);
