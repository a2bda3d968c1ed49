create table visit (id bigint primary key);

create table debt (id integer primary key);
