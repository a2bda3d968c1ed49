CREATE COLLATION german (provider=icu, locale='de');
CREATE DOMAIN name AS text COLLATE german;
CREATE TYPE pair AS (a name, b text COLLATE german);
CREATE TABLE t (id int, n public.name, p pair, q text COLLATE german);
CREATE INDEX t_n ON t (n);
