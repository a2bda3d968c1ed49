insert into sales.visit values (1);
