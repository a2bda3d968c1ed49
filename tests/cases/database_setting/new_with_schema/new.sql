CREATE TABLE public.foods (id integer);
CREATE SCHEMA shop;
ALTER DATABASE nutrition SET search_path = shop, public;
CREATE TABLE shop.plans (id integer);
