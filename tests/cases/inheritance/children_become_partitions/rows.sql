insert into loan_2025 values (1, 2025), (2, 2025);
