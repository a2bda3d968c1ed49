-- Migration: 0003_plans_and_logs
-- Created: 2026-11-21
-- Description: undo: create enum type public.meal; create table public.food_log; create table
--   public.food_log_2026_01; create table public.food_log_2026_02; create table public.plan; create table
--   public.plan_entry
-- Depends: 0002
-- Hazards:
--   deletes data: table public.food_log
--   deletes data: table public.plan
--   deletes data: table public.plan_entry
-- Proven: PostgreSQL 17, up, up again, down

DROP TABLE IF EXISTS public.food_log;

DROP TABLE IF EXISTS public.plan_entry;

DROP TYPE IF EXISTS public.meal;

DROP TABLE IF EXISTS public.plan;
