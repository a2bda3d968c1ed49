insert into copy values ('b-1', 1);
