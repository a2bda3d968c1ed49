create table book (id bigint primary key, title text);
grant update on book to app_reader;
