insert into task values (1, 'normal'), (2, 'urgent');
