create table q (id int, n int primary key); create table qr (n int references q (n));
