CREATE TYPE public.person_type AS (id integer, name text);
CREATE FUNCTION public.namelen(public.person_type) RETURNS integer LANGUAGE sql AS $_$ select length($1.name) $_$;
CREATE TABLE public.persons OF public.person_type;
CREATE TABLE public.persons2 OF public.person_type (id WITH OPTIONS NOT NULL, name);
ALTER TABLE ONLY public.persons2 ADD CONSTRAINT persons2_name_key UNIQUE (name);
