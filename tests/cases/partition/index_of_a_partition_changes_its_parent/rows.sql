insert into purchase values (1, 'north', '2025-03-01');
