insert into note values (1, 'ann');

insert into diary values (1);
