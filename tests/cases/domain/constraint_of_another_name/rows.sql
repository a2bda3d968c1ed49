insert into shelf values ('a', '{b,c}');
