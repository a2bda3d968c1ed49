INSERT INTO meal VALUES (1, ('bread', 50), ARRAY[('milk', 200), ('tea, black', NULL)]::drink[]), (2, NULL, NULL);
INSERT INTO menu VALUES (1, (('soup', 300), ARRAY[('water', 100)]::drink[])::course);
