-- Migration: 0006_access
-- Created: 2026-11-21
-- Description: undo: alter schema audit; alter enum type public.meal; alter domain public.email; alter domain
--   public.grams; alter table public.account; alter table public.recipe; alter table public.plan; alter table
--   public.food; and 38 more
-- Depends: 0005
-- Hazards: deletes data: table public.food_log_later
-- Proven: PostgreSQL 17, up, up again, down

DROP TABLE IF EXISTS public.food_log_later;

DROP POLICY IF EXISTS account_own ON public.account;

DROP POLICY IF EXISTS account_report ON public.account;

DROP POLICY IF EXISTS food_log_own ON public.food_log;

DROP POLICY IF EXISTS food_log_report ON public.food_log;

DROP POLICY IF EXISTS plan_own ON public.plan;

DROP POLICY IF EXISTS plan_entry_own ON public.plan_entry;

DROP POLICY IF EXISTS recipe_own ON public.recipe;

DROP POLICY IF EXISTS recipe_published ON public.recipe;

DROP POLICY IF EXISTS recipe_ingredient_own ON public.recipe_ingredient;

DROP FUNCTION IF EXISTS public.current_account_id();

DROP POLICY IF EXISTS recipe_ingredient_readable ON public.recipe_ingredient;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA audit REVOKE SELECT ON TABLES FROM meals_readonly;

COMMENT ON SCHEMA audit IS NULL;

REVOKE USAGE ON SCHEMA audit FROM meals_readonly;

COMMENT ON TYPE public.meal IS NULL;

COMMENT ON DOMAIN public.email IS NULL;

COMMENT ON DOMAIN public.grams IS NULL;

COMMENT ON TABLE audit.change IS NULL;

REVOKE SELECT ON TABLE audit.change FROM meals_readonly;

ALTER TABLE public.account DISABLE ROW LEVEL SECURITY;

COMMENT ON TABLE public.account IS NULL;

REVOKE SELECT ON TABLE public.account FROM meals_app;

COMMENT ON TABLE public.food IS NULL;

REVOKE INSERT, SELECT, UPDATE ON TABLE public.food FROM meals_app;

REVOKE SELECT ON TABLE public.food FROM meals_readonly;

ALTER TABLE public.food_log DISABLE ROW LEVEL SECURITY;

COMMENT ON TABLE public.food_log IS NULL;

REVOKE DELETE, INSERT, SELECT, UPDATE ON TABLE public.food_log FROM meals_app;

REVOKE SELECT ON TABLE public.food_log FROM meals_readonly;

REVOKE INSERT, SELECT, UPDATE ON TABLE public.food_nutrient FROM meals_app;

REVOKE SELECT ON TABLE public.food_nutrient FROM meals_readonly;

COMMENT ON TABLE public.nutrient IS NULL;

REVOKE SELECT ON TABLE public.nutrient FROM meals_app;

REVOKE SELECT ON TABLE public.nutrient FROM meals_readonly;

ALTER TABLE public.plan DISABLE ROW LEVEL SECURITY;

COMMENT ON TABLE public.plan IS NULL;

REVOKE DELETE, INSERT, SELECT, UPDATE ON TABLE public.plan FROM meals_app;

ALTER TABLE public.plan_entry DISABLE ROW LEVEL SECURITY;

REVOKE DELETE, INSERT, SELECT, UPDATE ON TABLE public.plan_entry FROM meals_app;

ALTER TABLE public.recipe DISABLE ROW LEVEL SECURITY;

COMMENT ON TABLE public.recipe IS NULL;

REVOKE DELETE, INSERT, SELECT, UPDATE ON TABLE public.recipe FROM meals_app;

REVOKE SELECT ON TABLE public.recipe FROM meals_readonly;

ALTER TABLE public.recipe_ingredient DISABLE ROW LEVEL SECURITY;

REVOKE DELETE, INSERT, SELECT, UPDATE ON TABLE public.recipe_ingredient FROM meals_app;

REVOKE SELECT ON TABLE public.recipe_ingredient FROM meals_readonly;

REVOKE SELECT (id) ON TABLE public.account FROM meals_readonly;

REVOKE UPDATE (email) ON TABLE public.account FROM meals_app;

REVOKE UPDATE (display_name) ON TABLE public.account FROM meals_app;

REVOKE UPDATE (goal) ON TABLE public.account FROM meals_app;

REVOKE SELECT (goal) ON TABLE public.account FROM meals_readonly;

REVOKE SELECT (created_at) ON TABLE public.account FROM meals_readonly;

COMMENT ON COLUMN public.account.daily_energy_kcal IS NULL;

REVOKE UPDATE (daily_energy_kcal) ON TABLE public.account FROM meals_app;

REVOKE UPDATE (birth_year) ON TABLE public.account FROM meals_app;

REVOKE SELECT (birth_year) ON TABLE public.account FROM meals_readonly;

COMMENT ON COLUMN public.food.search IS NULL;

COMMENT ON COLUMN public.food_nutrient.amount_per_100g IS NULL;

COMMENT ON COLUMN public.nutrient."position" IS NULL;

COMMENT ON COLUMN public.recipe.published IS NULL;

COMMENT ON VIEW public.recipe_nutrition IS NULL;

REVOKE SELECT ON TABLE public.recipe_nutrition FROM meals_app;

REVOKE SELECT ON TABLE public.recipe_nutrition FROM meals_readonly;

COMMENT ON MATERIALIZED VIEW public.daily_intake IS NULL;

REVOKE SELECT ON TABLE public.daily_intake FROM meals_readonly;

COMMENT ON COLUMN public.recipe_nutrition.amount_per_serving IS NULL;

COMMENT ON INDEX public.food_barcode_idx IS NULL;

COMMENT ON CONSTRAINT plan_entry_recipe_or_food on public.plan_entry IS NULL;

GRANT EXECUTE ON FUNCTION audit.record_change() TO PUBLIC;

COMMENT ON FUNCTION public.find_food(text, integer) IS NULL;

COMMENT ON TRIGGER account_audit ON public.account IS NULL;
