create table book (isbn text, constraint book_isbn unique (isbn));
alter table book replica identity full;
