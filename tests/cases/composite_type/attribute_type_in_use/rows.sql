insert into sample values (1, row (12, 'g')), (2, null);
