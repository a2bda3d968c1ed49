insert into visit_2025 values ('2025-05-05', 1);
