insert into product values (1, '{"colour": "red"}');
