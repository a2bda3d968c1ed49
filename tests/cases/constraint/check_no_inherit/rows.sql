insert into document values (1);
