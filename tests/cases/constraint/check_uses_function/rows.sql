insert into book values (1, '9780140328721');
