CREATE ROLE app;
ALTER ROLE app SET work_mem = '4MB';
ALTER ROLE app SET search_path = shop, "Quer";
ALTER ROLE ALL SET statement_timeout = '1min';
