insert into "Food Log" values (1);
