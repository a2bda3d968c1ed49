-- Migration: 0002_recipes
-- Created: 2026-11-21
-- Description: undo: create domain public.grams; create table public.recipe; create table
--   public.recipe_ingredient; create column public.nutrient."position"; alter column public.food.brand;
--   create column public.food.barcode; create default for public.nutrient."position"; create index
--   public.food_barcode_idx; and 1 more
-- Depends: 0001
-- Hazards:
--   deletes data: column public.food.barcode
--   deletes data: column public.nutrient."position"
--   deletes data: table public.recipe
--   deletes data: table public.recipe_ingredient
--   may fail on existing rows: constraint nutrient_unit_known on public.nutrient
--   rewrites: public.food
-- Proven: PostgreSQL 17, up, up again, down

DROP TABLE IF EXISTS public.recipe_ingredient;

DROP DOMAIN IF EXISTS public.grams;

DROP TABLE IF EXISTS public.recipe;

ALTER TABLE IF EXISTS public.food DROP COLUMN IF EXISTS barcode;

ALTER TABLE IF EXISTS public.nutrient DROP COLUMN IF EXISTS "position";

ALTER TABLE IF EXISTS public.nutrient DROP CONSTRAINT IF EXISTS nutrient_unit_known;

ALTER TABLE public.food ALTER COLUMN brand TYPE character varying(40) USING brand::character varying(40);

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,nutrient,nutrient_unit_known}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.nutrient ADD CONSTRAINT nutrient_unit_known CHECK ((unit = ANY (ARRAY['g'::text, 'mg'::text, 'kcal'::text])));
END
$$;
