-- Migration: 0004_search
-- Created: 2026-11-21
-- Description: undo: drop index public.food_name_idx; alter enum type public.meal; alter domain public.email;
--   alter domain constraint email_has_at on public.email; create domain constraint email_in_lower_case on
--   public.email; create column public.account.daily_energy_kcal; create column public.account.birth_year;
--   create column public.food.search; and 12 more
-- Depends: 0003
-- Hazards:
--   deletes data: column public.account.birth_year
--   deletes data: column public.account.daily_energy_kcal
--   deletes data: column public.food.search
--   deletes data: column public.recipe.published
--   deletes data: column public.recipe.total_minutes
--   may fail on existing rows: column public.food_log.meal
--   may fail on existing rows: column public.plan_entry.meal
--   may fail on existing rows: constraint food_created_by_fkey on public.food
--   may fail on existing rows: constraint plan_entry_pkey on public.plan_entry
--   may fail on existing rows: domain constraint email_has_at on public.email
--   rewrites: public.food_log
--   rewrites: public.plan_entry
-- Proven: PostgreSQL 17, up, up again, down

DO $$
BEGIN
    IF to_regtype('public.meal__old') IS NULL THEN
        ALTER TYPE public.meal RENAME TO meal__old;
    END IF;
END
$$;

DO $$
BEGIN
    IF to_regtype('public.email') IS NOT NULL THEN
        ALTER DOMAIN public.email DROP CONSTRAINT IF EXISTS email_has_at;
    END IF;
END
$$;

DO $$
BEGIN
    IF to_regtype('public.email') IS NOT NULL THEN
        ALTER DOMAIN public.email DROP CONSTRAINT IF EXISTS email_in_lower_case;
    END IF;
END
$$;

ALTER TABLE IF EXISTS public.account
    DROP COLUMN IF EXISTS daily_energy_kcal,
    DROP COLUMN IF EXISTS birth_year;

ALTER TABLE IF EXISTS public.recipe
    DROP COLUMN IF EXISTS total_minutes,
    DROP COLUMN IF EXISTS published;

DROP VIEW IF EXISTS public.recipe_nutrition;

DROP MATERIALIZED VIEW IF EXISTS public.daily_intake;

DROP INDEX IF EXISTS public.food_created_by_idx;

ALTER TABLE IF EXISTS public.food DROP CONSTRAINT IF EXISTS food_barcode_digits;

ALTER TABLE IF EXISTS public.food DROP CONSTRAINT IF EXISTS food_created_by_fkey;

ALTER TABLE IF EXISTS public.plan_entry DROP CONSTRAINT IF EXISTS plan_entry_pkey;

DROP FUNCTION IF EXISTS public.find_food(text, integer);

ALTER TABLE IF EXISTS public.food DROP COLUMN IF EXISTS search;

DO $$
BEGIN
    PERFORM pg_get_object_address('type', '{public.meal}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE TYPE public.meal AS ENUM ('breakfast', 'lunch', 'dinner');
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('domain constraint', '{public.email}', '{email_has_at}');
EXCEPTION WHEN undefined_object THEN
    ALTER DOMAIN public.email ADD CONSTRAINT email_has_at CHECK ((VALUE ~~ '%@%'::text));
END
$$;

ALTER TABLE public.food_log ALTER COLUMN meal TYPE public.meal USING meal::text::public.meal;

ALTER TABLE public.plan_entry ALTER COLUMN meal TYPE public.meal USING meal::text::public.meal;

DROP TYPE IF EXISTS public.meal__old;

CREATE INDEX IF NOT EXISTS food_name_idx ON public.food USING btree (name);

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,food,food_created_by_fkey}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.food ADD CONSTRAINT food_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.account(id);
END
$$;

-- schemadiff: no-transaction
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('public.plan_entry_pkey') AND NOT indisvalid) THEN
        DROP INDEX public.plan_entry_pkey;
    END IF;
END
$$;

CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS plan_entry_pkey ON public.plan_entry (plan_id, day, meal, "position");

-- schemadiff: transaction
DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,plan_entry,plan_entry_pkey}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.plan_entry ADD CONSTRAINT plan_entry_pkey PRIMARY KEY USING INDEX plan_entry_pkey;
END
$$;
