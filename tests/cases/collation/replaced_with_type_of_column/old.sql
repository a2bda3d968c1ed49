CREATE COLLATION german (provider=icu, locale='de');
CREATE TABLE t (id int, n varchar(20) COLLATE german);
