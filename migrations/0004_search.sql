-- Migration: 0004_search
-- Created: 2026-11-21
-- Description: drop index public.food_name_idx; alter enum type public.meal; alter domain public.email; alter
--   domain constraint email_has_at on public.email; create domain constraint email_in_lower_case on
--   public.email; create column public.account.daily_energy_kcal; create column public.account.birth_year;
--   create column public.food.search; and 12 more
-- Depends: 0003
-- Hazards:
--   may fail on existing rows: constraint account_energy_sane on public.account
--   may fail on existing rows: constraint food_barcode_digits on public.food
--   may fail on existing rows: constraint food_created_by_fkey on public.food
--   may fail on existing rows: domain constraint email_has_at on public.email
--   may fail on existing rows: domain constraint email_in_lower_case on public.email
--   may fail on existing rows: index public.daily_intake_idx
-- Proven: PostgreSQL 17, up, up again, down

DO $$
BEGIN
    IF to_regtype('public.email') IS NOT NULL THEN
        ALTER DOMAIN public.email DROP CONSTRAINT IF EXISTS email_has_at;
    END IF;
END
$$;

DROP INDEX IF EXISTS public.food_name_idx;

ALTER TABLE IF EXISTS public.food DROP CONSTRAINT IF EXISTS food_created_by_fkey;

DO $$
BEGIN
    PERFORM pg_get_object_address('domain constraint', '{public.email}', '{email_has_at}');
EXCEPTION WHEN undefined_object THEN
    ALTER DOMAIN public.email ADD CONSTRAINT email_has_at CHECK ((VALUE ~ '^[^@\s]+@[^@\s]+$'::text));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('domain constraint', '{public.email}', '{email_in_lower_case}');
EXCEPTION WHEN undefined_object THEN
    ALTER DOMAIN public.email ADD CONSTRAINT email_in_lower_case CHECK ((VALUE = lower(VALUE)));
END
$$;

ALTER TABLE public.account
    ADD COLUMN IF NOT EXISTS daily_energy_kcal integer,
    ADD COLUMN IF NOT EXISTS birth_year smallint;

ALTER TABLE public.food ADD COLUMN IF NOT EXISTS search tsvector GENERATED ALWAYS AS ((setweight(to_tsvector('simple'::regconfig, name), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, COALESCE(brand, ''::text)), 'B'::"char"))) STORED;

ALTER TABLE public.recipe
    ADD COLUMN IF NOT EXISTS total_minutes integer GENERATED ALWAYS AS ((preparation_minutes + cooking_minutes)) STORED,
    ADD COLUMN IF NOT EXISTS published boolean DEFAULT false NOT NULL;

CREATE OR REPLACE VIEW public.recipe_nutrition WITH (security_invoker='true') AS
 SELECT recipe.id AS recipe_id,
    recipe.name,
    food_nutrient.nutrient_code,
    (sum(((food_nutrient.amount_per_100g * (recipe_ingredient.weight)::numeric) / (100)::numeric)) / (recipe.servings)::numeric) AS amount_per_serving
   FROM ((public.recipe
     JOIN public.recipe_ingredient ON ((recipe_ingredient.recipe_id = recipe.id)))
     JOIN public.food_nutrient ON ((food_nutrient.food_id = recipe_ingredient.food_id)))
  GROUP BY recipe.id, food_nutrient.nutrient_code;

CREATE MATERIALIZED VIEW IF NOT EXISTS public.daily_intake AS
 SELECT food_log.account_id,
    food_log.eaten_on,
    food_nutrient.nutrient_code,
    sum(((food_nutrient.amount_per_100g * (food_log.weight)::numeric) / (100)::numeric)) AS amount
   FROM (public.food_log
     JOIN public.food_nutrient ON ((food_nutrient.food_id = food_log.food_id)))
  GROUP BY food_log.account_id, food_log.eaten_on, food_nutrient.nutrient_code;

CREATE UNIQUE INDEX IF NOT EXISTS daily_intake_idx ON public.daily_intake USING btree (account_id, eaten_on, nutrient_code);

CREATE INDEX IF NOT EXISTS food_created_by_idx ON public.food USING btree (created_by);

CREATE INDEX IF NOT EXISTS food_search_idx ON public.food USING gin (search);

CREATE INDEX IF NOT EXISTS recipe_quick_idx ON public.recipe USING btree (total_minutes) WHERE published;

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,account,account_energy_sane}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.account ADD CONSTRAINT account_energy_sane CHECK (((daily_energy_kcal >= 500) AND (daily_energy_kcal <= 10000)));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,food,food_barcode_digits}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.food ADD CONSTRAINT food_barcode_digits CHECK ((barcode ~ '^[0-9]{8,14}$'::text));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,food,food_created_by_fkey}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.food ADD CONSTRAINT food_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.account(id) ON DELETE SET NULL;
END
$$;

CREATE OR REPLACE FUNCTION public.find_food(words text, at_most integer DEFAULT 20)
 RETURNS SETOF public.food
 LANGUAGE sql
 STABLE ROWS 20
BEGIN ATOMIC
 SELECT food.id,
     food.name,
     food.brand,
     food.created_by,
     food.barcode,
     food.search
    FROM public.food
   WHERE (food.search @@ to_tsquery('simple'::regconfig, (regexp_replace(TRIM(BOTH FROM find_food.words), '\s+'::text, ':* & '::text, 'g'::text) || ':*'::text)))
   ORDER BY (ts_rank(food.search, to_tsquery('simple'::regconfig, (regexp_replace(TRIM(BOTH FROM find_food.words), '\s+'::text, ':* & '::text, 'g'::text) || ':*'::text)))) DESC
  LIMIT find_food.at_most;
END;

ALTER TYPE public.meal ADD VALUE IF NOT EXISTS 'snack' AFTER 'lunch';
