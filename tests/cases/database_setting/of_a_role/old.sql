ALTER ROLE app IN DATABASE nutrition SET statement_timeout = '5s';
ALTER ROLE app IN DATABASE nutrition SET search_path = shop;
