insert into food values (1); insert into meal values (1);
