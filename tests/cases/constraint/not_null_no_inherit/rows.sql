insert into book values (1, 'Momo', 'de');
insert into atlas values (2, 'The World', 'en', 1000);
