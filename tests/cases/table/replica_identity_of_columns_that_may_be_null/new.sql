create table book (isbn text not null, constraint book_isbn unique (isbn));
alter table book replica identity using index book_isbn;
