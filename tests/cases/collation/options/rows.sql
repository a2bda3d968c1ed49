insert into book values (1, 'Zorn'), (2, 'amber');
