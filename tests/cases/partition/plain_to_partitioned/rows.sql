insert into visit values (1, '2025-05-05', 'lobby'), (2, '2027-01-01', null);
