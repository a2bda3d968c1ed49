insert into book values (1, null, 'de');
