insert into food_log values (1, 'breakfast'), (2, 'dinner');
