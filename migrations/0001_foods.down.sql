-- Migration: 0001_foods
-- Created: 2026-11-21
-- Description: undo: create enum type public.goal; create domain public.email; create table public.account;
--   create table public.nutrient; create table public.food; create table public.food_nutrient
-- Depends: none
-- Hazards:
--   deletes data: table public.account
--   deletes data: table public.food
--   deletes data: table public.food_nutrient
--   deletes data: table public.nutrient
-- Proven: PostgreSQL 17, up, up again, down

DROP TABLE IF EXISTS public.food_nutrient;

DROP TABLE IF EXISTS public.food;

DROP TABLE IF EXISTS public.account;

DROP TYPE IF EXISTS public.goal;

DROP DOMAIN IF EXISTS public.email;

DROP TABLE IF EXISTS public.nutrient;
