insert into t values ('a', 2, true);
