create table orders (id bigint primary key);

create table drafts (id bigint primary key);
