insert into cur (a) values ('x'); insert into old (a) values ('x'), ('y');
