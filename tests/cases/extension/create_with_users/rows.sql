insert into author values (1, 'Tove Jansson'), (2, 'Selma Lagerlöf');

insert into reader values (1), (2);
