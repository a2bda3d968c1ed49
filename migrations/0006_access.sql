-- Migration: 0006_access
-- Created: 2026-11-21
-- Description: alter schema audit; alter enum type public.meal; alter domain public.email; alter domain
--   public.grams; alter table public.account; alter table public.recipe; alter table public.plan; alter table
--   public.food; and 38 more
-- Depends: 0005
-- Hazards: none
-- Proven: PostgreSQL 17, up, up again, down

COMMENT ON SCHEMA audit IS 'who changed what';

GRANT USAGE ON SCHEMA audit TO meals_readonly;

COMMENT ON TYPE public.meal IS 'in the order of the day';

COMMENT ON DOMAIN public.email IS 'in lower case, so that unique means unique';

COMMENT ON DOMAIN public.grams IS 'weight of something eaten';

COMMENT ON TABLE audit.change IS 'written by triggers, never changed';

GRANT SELECT ON TABLE audit.change TO meals_readonly;

ALTER TABLE public.account ENABLE ROW LEVEL SECURITY;

COMMENT ON TABLE public.account IS 'people who plan and log meals';

GRANT SELECT ON TABLE public.account TO meals_app;

COMMENT ON TABLE public.food IS 'what can be eaten';

GRANT INSERT, SELECT, UPDATE ON TABLE public.food TO meals_app;

GRANT SELECT ON TABLE public.food TO meals_readonly;

ALTER TABLE public.food_log ENABLE ROW LEVEL SECURITY;

COMMENT ON TABLE public.food_log IS 'what was eaten; a partition a month';

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE public.food_log TO meals_app;

GRANT SELECT ON TABLE public.food_log TO meals_readonly;

CREATE TABLE IF NOT EXISTS public.food_log_later (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    food_id bigint NOT NULL,
    eaten_on date DEFAULT CURRENT_DATE NOT NULL,
    meal public.meal NOT NULL,
    weight public.grams NOT NULL,
    remark text,
    CONSTRAINT food_log_later_pkey PRIMARY KEY (id, eaten_on)
);

REVOKE SELECT ON TABLE public.food_log_later FROM meals_readonly;

GRANT INSERT, SELECT, UPDATE ON TABLE public.food_nutrient TO meals_app;

GRANT SELECT ON TABLE public.food_nutrient TO meals_readonly;

COMMENT ON TABLE public.nutrient IS 'energy, macronutrients, vitamins and minerals';

GRANT SELECT ON TABLE public.nutrient TO meals_app;

GRANT SELECT ON TABLE public.nutrient TO meals_readonly;

ALTER TABLE public.plan ENABLE ROW LEVEL SECURITY;

COMMENT ON TABLE public.plan IS 'what someone means to eat in one week';

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE public.plan TO meals_app;

ALTER TABLE public.plan_entry ENABLE ROW LEVEL SECURITY;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE public.plan_entry TO meals_app;

ALTER TABLE public.recipe ENABLE ROW LEVEL SECURITY;

COMMENT ON TABLE public.recipe IS 'dishes made of foods';

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE public.recipe TO meals_app;

GRANT SELECT ON TABLE public.recipe TO meals_readonly;

ALTER TABLE public.recipe_ingredient ENABLE ROW LEVEL SECURITY;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE public.recipe_ingredient TO meals_app;

GRANT SELECT ON TABLE public.recipe_ingredient TO meals_readonly;

GRANT SELECT (id) ON TABLE public.account TO meals_readonly;

GRANT UPDATE (email) ON TABLE public.account TO meals_app;

GRANT UPDATE (display_name) ON TABLE public.account TO meals_app;

GRANT UPDATE (goal) ON TABLE public.account TO meals_app;

GRANT SELECT (goal) ON TABLE public.account TO meals_readonly;

GRANT SELECT (created_at) ON TABLE public.account TO meals_readonly;

COMMENT ON COLUMN public.account.daily_energy_kcal IS 'what they aim at; null means no aim';

GRANT UPDATE (daily_energy_kcal) ON TABLE public.account TO meals_app;

GRANT UPDATE (birth_year) ON TABLE public.account TO meals_app;

GRANT SELECT (birth_year) ON TABLE public.account TO meals_readonly;

COMMENT ON COLUMN public.food.search IS 'name before brand';

COMMENT ON COLUMN public.food_nutrient.amount_per_100g IS 'in the unit of the nutrient';

COMMENT ON COLUMN public.nutrient."position" IS 'where it stands on a label, from the top';

COMMENT ON COLUMN public.recipe.published IS 'whether everyone may read it';

COMMENT ON VIEW public.recipe_nutrition IS 'what one serving contains';

GRANT SELECT ON TABLE public.recipe_nutrition TO meals_app;

GRANT SELECT ON TABLE public.recipe_nutrition TO meals_readonly;

COMMENT ON MATERIALIZED VIEW public.daily_intake IS 'refreshed by the nightly job';

GRANT SELECT ON TABLE public.daily_intake TO meals_readonly;

COMMENT ON COLUMN public.recipe_nutrition.amount_per_serving IS 'in the unit of the nutrient';

CREATE INDEX IF NOT EXISTS food_log_later_account_id_eaten_on_idx ON public.food_log_later USING btree (account_id, eaten_on DESC);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('public.food_log_later') AND inhparent = to_regclass('public.food_log')) THEN
        ALTER TABLE public.food_log ATTACH PARTITION public.food_log_later DEFAULT;
    END IF;
END
$$;

COMMENT ON INDEX public.food_barcode_idx IS 'what the scanner looks up';

COMMENT ON CONSTRAINT plan_entry_recipe_or_food on public.plan_entry IS 'one of the two, never both';

REVOKE EXECUTE ON FUNCTION audit.record_change() FROM PUBLIC;

CREATE OR REPLACE FUNCTION public.current_account_id()
 RETURNS bigint
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('meals.account_id'::text, true), ''::text))::bigint;

COMMENT ON FUNCTION public.current_account_id() IS 'whom the application acts for; null outside a request';

COMMENT ON FUNCTION public.find_food(text, integer) IS 'search as you type';

COMMENT ON TRIGGER account_audit ON public.account IS 'not the sessions, only what matters';

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,account,account_own}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY account_own ON public.account TO meals_app USING ((id = public.current_account_id()));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,account,account_report}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY account_report ON public.account FOR SELECT TO meals_readonly USING (true);
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,food_log,food_log_own}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY food_log_own ON public.food_log TO meals_app USING ((account_id = public.current_account_id())) WITH CHECK (((account_id = public.current_account_id()) AND (eaten_on <= CURRENT_DATE)));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,food_log,food_log_report}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY food_log_report ON public.food_log FOR SELECT TO meals_readonly USING (true);
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,plan,plan_own}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY plan_own ON public.plan TO meals_app USING ((account_id = public.current_account_id()));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,plan_entry,plan_entry_own}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY plan_entry_own ON public.plan_entry TO meals_app USING ((EXISTS ( SELECT
       FROM public.plan
      WHERE ((plan.id = plan_entry.plan_id) AND (plan.account_id = public.current_account_id())))));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,recipe,recipe_own}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY recipe_own ON public.recipe TO meals_app USING ((account_id = public.current_account_id()));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,recipe,recipe_published}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY recipe_published ON public.recipe FOR SELECT USING (published);
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,recipe_ingredient,recipe_ingredient_own}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY recipe_ingredient_own ON public.recipe_ingredient TO meals_app USING ((EXISTS ( SELECT
       FROM public.recipe
      WHERE ((recipe.id = recipe_ingredient.recipe_id) AND (recipe.account_id = public.current_account_id())))));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('policy', '{public,recipe_ingredient,recipe_ingredient_readable}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE POLICY recipe_ingredient_readable ON public.recipe_ingredient FOR SELECT USING ((EXISTS ( SELECT
       FROM public.recipe
      WHERE (recipe.id = recipe_ingredient.recipe_id))));
END
$$;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA audit GRANT SELECT ON TABLES TO meals_readonly;
