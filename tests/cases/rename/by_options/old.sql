create table users (id integer primary key, phone text);
