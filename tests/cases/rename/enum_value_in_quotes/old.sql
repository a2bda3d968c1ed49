create type size as enum ('x l', 's');
create table t (s size);
