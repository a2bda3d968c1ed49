-- Migration: 0003_plans_and_logs
-- Created: 2026-11-21
-- Description: create enum type public.meal; create table public.food_log; create table
--   public.food_log_2026_01; create table public.food_log_2026_02; create table public.plan; create table
--   public.plan_entry
-- Depends: 0002
-- Hazards: none
-- Proven: PostgreSQL 17, up, up again, down

DO $$
BEGIN
    PERFORM pg_get_object_address('type', '{public.meal}', '{}');
EXCEPTION WHEN undefined_object THEN
    CREATE TYPE public.meal AS ENUM ('breakfast', 'lunch', 'dinner');
END
$$;

CREATE TABLE IF NOT EXISTS public.food_log (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    account_id bigint NOT NULL,
    food_id bigint NOT NULL,
    eaten_on date DEFAULT CURRENT_DATE NOT NULL,
    meal public.meal NOT NULL,
    weight public.grams NOT NULL,
    CONSTRAINT food_log_pkey PRIMARY KEY (id, eaten_on),
    CONSTRAINT food_log_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE,
    CONSTRAINT food_log_food_id_fkey FOREIGN KEY (food_id) REFERENCES public.food(id)
)
PARTITION BY RANGE (eaten_on);

CREATE TABLE IF NOT EXISTS public.food_log_2026_01 (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    food_id bigint NOT NULL,
    eaten_on date DEFAULT CURRENT_DATE NOT NULL,
    meal public.meal NOT NULL,
    weight public.grams NOT NULL,
    CONSTRAINT food_log_2026_01_pkey PRIMARY KEY (id, eaten_on)
);

CREATE TABLE IF NOT EXISTS public.food_log_2026_02 (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    food_id bigint NOT NULL,
    eaten_on date DEFAULT CURRENT_DATE NOT NULL,
    meal public.meal NOT NULL,
    weight public.grams NOT NULL,
    CONSTRAINT food_log_2026_02_pkey PRIMARY KEY (id, eaten_on)
);

CREATE TABLE IF NOT EXISTS public.plan (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    account_id bigint NOT NULL,
    week_start date NOT NULL,
    name text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT plan_pkey PRIMARY KEY (id),
    CONSTRAINT plan_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS public.plan_entry (
    plan_id bigint NOT NULL,
    day date NOT NULL,
    meal public.meal NOT NULL,
    "position" smallint DEFAULT 1 NOT NULL,
    recipe_id bigint,
    food_id bigint,
    servings numeric(4,1) DEFAULT 1 NOT NULL,
    CONSTRAINT plan_entry_recipe_or_food CHECK ((num_nonnulls(recipe_id, food_id) = 1)),
    CONSTRAINT plan_entry_servings_positive CHECK ((servings > (0)::numeric)),
    CONSTRAINT plan_entry_pkey PRIMARY KEY (plan_id, day, meal, "position"),
    CONSTRAINT plan_entry_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.plan(id) ON DELETE CASCADE,
    CONSTRAINT plan_entry_recipe_id_fkey FOREIGN KEY (recipe_id) REFERENCES public.recipe(id) ON DELETE CASCADE,
    CONSTRAINT plan_entry_food_id_fkey FOREIGN KEY (food_id) REFERENCES public.food(id)
);

CREATE INDEX IF NOT EXISTS food_log_2026_01_account_id_eaten_on_idx ON public.food_log_2026_01 USING btree (account_id, eaten_on DESC);

CREATE INDEX IF NOT EXISTS food_log_2026_02_account_id_eaten_on_idx ON public.food_log_2026_02 USING btree (account_id, eaten_on DESC);

CREATE INDEX IF NOT EXISTS food_log_account_idx ON ONLY public.food_log USING btree (account_id, eaten_on DESC);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('public.food_log_2026_01') AND inhparent = to_regclass('public.food_log')) THEN
        ALTER TABLE public.food_log ATTACH PARTITION public.food_log_2026_01 FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
    END IF;
END
$$;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('public.food_log_2026_02') AND inhparent = to_regclass('public.food_log')) THEN
        ALTER TABLE public.food_log ATTACH PARTITION public.food_log_2026_02 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
    END IF;
END
$$;

CREATE INDEX IF NOT EXISTS plan_entry_food_idx ON public.plan_entry USING btree (food_id) WHERE (food_id IS NOT NULL);

CREATE INDEX IF NOT EXISTS plan_entry_recipe_idx ON public.plan_entry USING btree (recipe_id) WHERE (recipe_id IS NOT NULL);
