insert into loan_item values (1, 10, 1), (1, 11, 2);
