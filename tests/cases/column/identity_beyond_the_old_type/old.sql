create table book (id integer generated always as identity);
