-- Migration: 0005_auditing
-- Created: 2026-11-21
-- Description: create schema audit; create table audit.change; create table public.food_log_2026_03; create
--   column public.account.updated_at; create column public.food_log.remark; create column
--   public.food_log_2026_01.remark; create column public.food_log_2026_02.remark; create column
--   public.plan.updated_at; and 15 more
-- Depends: 0004
-- Hazards:
--   may fail on existing rows: constraint account_display_name_given on public.account
--   may fail on existing rows: constraint food_nutrient_amount_sane on public.food_nutrient
--   may fail on existing rows: constraint plan_one_a_week on public.plan
--   may fail on existing rows: constraint plan_starts_on_monday on public.plan
--   may fail on existing rows: index public.daily_intake_idx
--   rewrites: public.food_nutrient
-- Proven: PostgreSQL 17, up, up again, down

SET check_function_bodies = off;

DROP VIEW IF EXISTS public.recipe_nutrition;

DROP MATERIALIZED VIEW IF EXISTS public.daily_intake;

ALTER TABLE IF EXISTS public.food_nutrient DROP CONSTRAINT IF EXISTS food_nutrient_amount_sane;

CREATE SCHEMA IF NOT EXISTS audit;

CREATE TABLE IF NOT EXISTS audit.change (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    happened_at timestamp with time zone DEFAULT now() NOT NULL,
    done_by name DEFAULT SESSION_USER NOT NULL,
    table_name text NOT NULL,
    operation text NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT change_operation_known CHECK ((operation = ANY (ARRAY['INSERT'::text, 'UPDATE'::text, 'DELETE'::text]))),
    CONSTRAINT change_pkey PRIMARY KEY (id)
)
WITH (fillfactor='100');

ALTER TABLE public.account ADD COLUMN IF NOT EXISTS updated_at timestamp with time zone DEFAULT now() NOT NULL;

ALTER TABLE public.food_log ADD COLUMN IF NOT EXISTS remark text;

CREATE TABLE IF NOT EXISTS public.food_log_2026_03 (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    food_id bigint NOT NULL,
    eaten_on date DEFAULT CURRENT_DATE NOT NULL,
    meal public.meal NOT NULL,
    weight public.grams NOT NULL,
    remark text,
    CONSTRAINT food_log_2026_03_pkey PRIMARY KEY (id, eaten_on)
);

ALTER TABLE public.food_nutrient ALTER COLUMN amount_per_100g TYPE numeric(10,3) USING amount_per_100g::numeric(10,3);

ALTER TABLE public.plan ADD COLUMN IF NOT EXISTS updated_at timestamp with time zone DEFAULT now() NOT NULL;

ALTER TABLE public.recipe_ingredient ADD COLUMN IF NOT EXISTS remark text;

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

CREATE INDEX IF NOT EXISTS food_log_2026_03_account_id_eaten_on_idx ON public.food_log_2026_03 USING btree (account_id, eaten_on DESC);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('public.food_log_2026_03') AND inhparent = to_regclass('public.food_log')) THEN
        ALTER TABLE public.food_log ATTACH PARTITION public.food_log_2026_03 FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
    END IF;
END
$$;

CREATE INDEX IF NOT EXISTS change_happened_at_idx ON audit.change USING brin (happened_at);

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,account,account_display_name_given}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.account ADD CONSTRAINT account_display_name_given CHECK ((display_name <> ''::text));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,food_nutrient,food_nutrient_amount_sane}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.food_nutrient ADD CONSTRAINT food_nutrient_amount_sane CHECK ((amount_per_100g >= (0)::numeric));
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,plan,plan_one_a_week}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.plan ADD CONSTRAINT plan_one_a_week UNIQUE (account_id, week_start);
END
$$;

DO $$
BEGIN
    PERFORM pg_get_object_address('table constraint', '{public,plan,plan_starts_on_monday}', '{}');
EXCEPTION WHEN undefined_object THEN
    ALTER TABLE public.plan ADD CONSTRAINT plan_starts_on_monday CHECK ((EXTRACT(isodow FROM week_start) = (1)::numeric));
END
$$;

CREATE OR REPLACE FUNCTION audit.record_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
    insert into audit.change (table_name, operation, before, after)
    values (
        tg_table_schema || '.' || tg_table_name,
        tg_op,
        case when tg_op <> 'INSERT' then to_jsonb(old) end,
        case when tg_op <> 'DELETE' then to_jsonb(new) end
    );
    return null;
end;
$function$;

CREATE OR REPLACE FUNCTION public.set_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
    new.updated_at := now();
    return new;
end;
$function$;

CREATE OR REPLACE RULE change_kept AS
    ON DELETE TO audit.change DO INSTEAD NOTHING;

CREATE OR REPLACE TRIGGER account_updated_at BEFORE UPDATE ON public.account FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.set_updated_at();

CREATE OR REPLACE TRIGGER account_audit AFTER DELETE OR UPDATE OF email, goal ON public.account FOR EACH ROW EXECUTE FUNCTION audit.record_change();

CREATE OR REPLACE TRIGGER food_audit AFTER INSERT OR DELETE OR UPDATE ON public.food FOR EACH ROW EXECUTE FUNCTION audit.record_change();

CREATE OR REPLACE TRIGGER food_nutrient_audit AFTER INSERT OR DELETE OR UPDATE ON public.food_nutrient FOR EACH ROW EXECUTE FUNCTION audit.record_change();

CREATE OR REPLACE TRIGGER plan_updated_at BEFORE UPDATE ON public.plan FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.set_updated_at();
