insert into reader values (1, row('High Street 1', 'Oxford', 'UK'));
