insert into readers values (1, null), (2, 1);

insert into loans values (1, 2);

insert into fines values (1, 2);

insert into titles values (1);

insert into copies values (1);
