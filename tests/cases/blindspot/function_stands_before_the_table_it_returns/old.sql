create table shelf (id bigint);
