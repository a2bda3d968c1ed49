create table q (id int primary key, n int unique); create table qr (n int references q (n));
