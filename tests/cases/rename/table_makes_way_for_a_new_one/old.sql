create table orders (id integer unique, total integer);
