insert into current_plan values (1, '2026-11-16'); insert into next_plan values (2, '2026-11-23', true);
