insert into customer values (1, 'ann@example.org'), (2, null);
