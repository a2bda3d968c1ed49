insert into customer values (1, row ('Main 1', 'Turku'), null);
