insert into emp values (1,'[2020-01-01,2021-01-01)','x'); insert into job values (1,1,'[2020-01-01,2020-02-01)');
