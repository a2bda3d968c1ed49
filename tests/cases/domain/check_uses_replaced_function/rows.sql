INSERT INTO book VALUES (1, 'a', '{a,b}');
