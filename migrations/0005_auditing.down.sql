-- Migration: 0005_auditing
-- Created: 2026-11-21
-- Description: undo: create schema audit; create table audit.change; create table public.food_log_2026_03;
--   create column public.account.updated_at; create column public.food_log.remark; create column
--   public.food_log_2026_01.remark; create column public.food_log_2026_02.remark; create column
--   public.plan.updated_at; and 15 more
-- Depends: 0004
-- Hazards:
--   deletes data: column public.account.updated_at
--   deletes data: column public.food_log.remark
--   deletes data: column public.food_log_2026_01.remark
--   deletes data: column public.food_log_2026_02.remark
--   deletes data: column public.plan.updated_at
--   deletes data: column public.recipe_ingredient.remark
--   deletes data: table audit.change
--   deletes data: table public.food_log_2026_03
--   may fail on existing rows: constraint food_nutrient_amount_sane on public.food_nutrient
--   may fail on existing rows: index public.daily_intake_idx
--   rewrites: public.food_nutrient
-- Proven: PostgreSQL 17, up, up again, down

DROP TABLE IF EXISTS audit.change;

DROP TABLE IF EXISTS public.food_log_2026_03;

ALTER TABLE IF EXISTS public.account DROP COLUMN IF EXISTS updated_at;

ALTER TABLE IF EXISTS public.food_log DROP COLUMN IF EXISTS remark;

ALTER TABLE IF EXISTS public.plan DROP COLUMN IF EXISTS updated_at;

ALTER TABLE IF EXISTS public.recipe_ingredient DROP COLUMN IF EXISTS remark;

DROP VIEW IF EXISTS public.recipe_nutrition;

DROP MATERIALIZED VIEW IF EXISTS public.daily_intake;

ALTER TABLE IF EXISTS public.account DROP CONSTRAINT IF EXISTS account_display_name_given;

ALTER TABLE IF EXISTS public.food_nutrient DROP CONSTRAINT IF EXISTS food_nutrient_amount_sane;

ALTER TABLE IF EXISTS public.plan DROP CONSTRAINT IF EXISTS plan_one_a_week;

ALTER TABLE IF EXISTS public.plan DROP CONSTRAINT IF EXISTS plan_starts_on_monday;

DROP TRIGGER IF EXISTS account_updated_at ON public.account;

DROP TRIGGER IF EXISTS account_audit ON public.account;

DROP TRIGGER IF EXISTS food_audit ON public.food;

DROP TRIGGER IF EXISTS food_nutrient_audit ON public.food_nutrient;

DROP FUNCTION IF EXISTS audit.record_change();

DROP SCHEMA IF EXISTS audit;

DROP TRIGGER IF EXISTS plan_updated_at ON public.plan;

DROP FUNCTION IF EXISTS public.set_updated_at();

ALTER TABLE public.food_nutrient ALTER COLUMN amount_per_100g TYPE numeric(8,2) USING amount_per_100g::numeric(8,2);

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

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,food_nutrient,food_nutrient_amount_sane}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.food_nutrient ADD CONSTRAINT food_nutrient_amount_sane CHECK ((amount_per_100g >= (0)::numeric));
END
$$;
