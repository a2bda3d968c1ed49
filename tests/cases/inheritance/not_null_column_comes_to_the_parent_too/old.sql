create table item(id int not null);
create table book(loans int not null default 0) inherits (item);
create table disc() inherits (item);
