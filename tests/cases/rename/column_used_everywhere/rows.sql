insert into food (id, kcal) values (1, 370), (2, 20);
