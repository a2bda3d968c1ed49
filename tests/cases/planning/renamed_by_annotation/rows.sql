insert into customer values (1, '040-1');
