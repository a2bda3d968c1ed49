insert into "Shop"."Order Line" values (1, 'a', 'Red', 5);
