insert into a.one values (1); insert into b.two values (2);
