insert into note (created_at, body, author) values ('2026-01-01', 'salt', 'ann'), ('2026-01-02', 'pepper', null);
