insert into users (email, age) values ('a@example.org', 30); insert into users (email, age, boss) values ('b@example.org', 31, 1);
