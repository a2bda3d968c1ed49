create table item(id int not null, loans int not null default 0);
create table book(loans int not null default 0) inherits (item);
create table disc() inherits (item);
