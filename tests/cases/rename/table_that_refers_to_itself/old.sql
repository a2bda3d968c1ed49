create table node (id integer primary key, up integer references node);
