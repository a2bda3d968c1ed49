-- Migration: 0002_recipes
-- Created: 2026-11-21
-- Description: create domain public.grams; create table public.recipe; create table public.recipe_ingredient;
--   create column public.nutrient."position"; alter column public.food.brand; create column
--   public.food.barcode; create default for public.nutrient."position"; create index public.food_barcode_idx;
--   and 1 more
-- Depends: 0001
-- Hazards:
--   may fail on existing rows: constraint nutrient_unit_known on public.nutrient
--   may fail on existing rows: index public.food_barcode_idx
--   rewrites: public.food
-- Proven: PostgreSQL 17, up, up again, down

ALTER TABLE IF EXISTS public.nutrient DROP CONSTRAINT IF EXISTS nutrient_unit_known;

DO $$
BEGIN
    PERFORM pg_get_object_address('type', '{public.grams}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE DOMAIN public.grams AS numeric(8,1)
        CONSTRAINT grams_positive CHECK ((VALUE > (0)::numeric));
END
$$;

CREATE TABLE IF NOT EXISTS public.recipe (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    account_id bigint NOT NULL,
    name text NOT NULL,
    servings smallint DEFAULT 2 NOT NULL,
    steps text[] DEFAULT '{}'::text[] NOT NULL,
    preparation_minutes integer DEFAULT 0 NOT NULL,
    cooking_minutes integer DEFAULT 0 NOT NULL,
    CONSTRAINT recipe_servings_positive CHECK ((servings > 0)),
    CONSTRAINT recipe_pkey PRIMARY KEY (id),
    CONSTRAINT recipe_name_unique UNIQUE (account_id, name),
    CONSTRAINT recipe_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS public.recipe_ingredient (
    recipe_id bigint NOT NULL,
    "position" smallint NOT NULL,
    food_id bigint NOT NULL,
    weight public.grams NOT NULL,
    CONSTRAINT recipe_ingredient_pkey PRIMARY KEY (recipe_id, "position"),
    CONSTRAINT recipe_ingredient_recipe_id_fkey FOREIGN KEY (recipe_id) REFERENCES public.recipe(id) ON DELETE CASCADE,
    CONSTRAINT recipe_ingredient_food_id_fkey FOREIGN KEY (food_id) REFERENCES public.food(id) ON DELETE RESTRICT
);

ALTER TABLE public.food
    ALTER COLUMN brand TYPE text USING brand::text,
    ADD COLUMN IF NOT EXISTS barcode text;

ALTER TABLE public.nutrient ADD COLUMN IF NOT EXISTS "position" smallint DEFAULT 100 NOT NULL;

CREATE UNIQUE INDEX IF NOT EXISTS food_barcode_idx ON public.food USING btree (barcode) WHERE (barcode IS NOT NULL);

CREATE INDEX IF NOT EXISTS recipe_ingredient_food_idx ON public.recipe_ingredient USING btree (food_id);

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,nutrient,nutrient_unit_known}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.nutrient ADD CONSTRAINT nutrient_unit_known CHECK ((unit = ANY (ARRAY['g'::text, 'mg'::text, 'µg'::text, 'kcal'::text])));
END
$$;
