insert into session values (1, 'a'), (2, 'b');

insert into page_cache values ('/');
