-- Migration: 0001_foods
-- Created: 2026-11-21
-- Description: create enum type public.goal; create domain public.email; create table public.account; create
--   table public.nutrient; create table public.food; create table public.food_nutrient
-- Depends: none
-- Hazards: none
-- Proven: PostgreSQL 17, up, up again, down

DO $$
BEGIN
    PERFORM pg_get_object_address('type', '{public.goal}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE TYPE public.goal AS ENUM ('lose', 'keep', 'gain');
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('type', '{public.email}', '{}');
EXCEPTION WHEN undefined_object THEN
CREATE DOMAIN public.email AS text
    CONSTRAINT email_has_at CHECK ((VALUE ~~ '%@%'::text));
END
$$;

CREATE TABLE IF NOT EXISTS public.account (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    email public.email NOT NULL,
    display_name text NOT NULL,
    goal public.goal DEFAULT 'keep'::public.goal NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_email_key UNIQUE (email)
);

CREATE TABLE IF NOT EXISTS public.food (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    name text NOT NULL,
    brand character varying(40),
    created_by bigint,
    CONSTRAINT food_pkey PRIMARY KEY (id),
    CONSTRAINT food_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.account(id)
);

CREATE TABLE IF NOT EXISTS public.nutrient (
    code text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    CONSTRAINT nutrient_unit_known CHECK ((unit = ANY (ARRAY['g'::text, 'mg'::text, 'kcal'::text]))),
    CONSTRAINT nutrient_pkey PRIMARY KEY (code),
    CONSTRAINT nutrient_name_key UNIQUE (name)
);

CREATE TABLE IF NOT EXISTS public.food_nutrient (
    food_id bigint NOT NULL,
    nutrient_code text NOT NULL,
    amount_per_100g numeric(8,2) NOT NULL,
    CONSTRAINT food_nutrient_amount_sane CHECK ((amount_per_100g >= (0)::numeric)),
    CONSTRAINT food_nutrient_pkey PRIMARY KEY (food_id, nutrient_code),
    CONSTRAINT food_nutrient_food_id_fkey FOREIGN KEY (food_id) REFERENCES public.food(id) ON DELETE CASCADE,
    CONSTRAINT food_nutrient_nutrient_code_fkey FOREIGN KEY (nutrient_code) REFERENCES public.nutrient(code)
);

CREATE INDEX IF NOT EXISTS food_name_idx ON public.food USING btree (name);

CREATE INDEX IF NOT EXISTS food_nutrient_code_idx ON public.food_nutrient USING btree (nutrient_code, amount_per_100g DESC);
