CREATE COLLATION german (provider=icu, locale='de-AT');
CREATE TABLE t (id int, n text COLLATE german);
