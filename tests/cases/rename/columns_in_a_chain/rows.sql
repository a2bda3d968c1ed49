insert into t values ('a', 'b', 1);
