CREATE TABLE public.foods (id integer);
