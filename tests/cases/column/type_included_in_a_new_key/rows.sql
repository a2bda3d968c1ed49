insert into reader values (1, '7'), (2, NULL); insert into loan values (1, '2026-01-01'), (NULL, '2026-01-02');
