create table item(id int not null, loans int not null default 0);
create table book() inherits (item);
create table disc() inherits (item);
