-- Who may see and do what. `meals_app` serves people, `meals_readonly` makes reports.

-- Everyone sees their own rows, and recipes that are published.

alter table account enable row level security;

create policy account_own on account to meals_app
    using (id = current_account_id());

create policy account_report on account for select to meals_readonly
    using (true);

alter table recipe enable row level security;

create policy recipe_own on recipe to meals_app
    using (account_id = current_account_id());

create policy recipe_published on recipe for select
    using (published);

alter table recipe_ingredient enable row level security;

create policy recipe_ingredient_own on recipe_ingredient to meals_app
    using (exists (
        select from recipe where recipe.id = recipe_id and recipe.account_id = current_account_id()
    ));

-- Whoever may read the recipe may read what goes into it.
create policy recipe_ingredient_readable on recipe_ingredient for select
    using (exists (select from recipe where recipe.id = recipe_id));

alter table plan enable row level security;

create policy plan_own on plan to meals_app
    using (account_id = current_account_id());

alter table plan_entry enable row level security;

create policy plan_entry_own on plan_entry to meals_app
    using (exists (
        select from plan where plan.id = plan_entry.plan_id and plan.account_id = current_account_id()
    ));

alter table food_log enable row level security;

create policy food_log_own on food_log to meals_app
    using (account_id = current_account_id())
    with check (account_id = current_account_id() and eaten_on <= current_date);

create policy food_log_report on food_log for select to meals_readonly
    using (true);

-- The application reads and writes, except what belongs to the catalogue of nutrients.

grant select on nutrient to meals_app, meals_readonly;
grant select, insert, update on food, food_nutrient to meals_app;
grant select, insert, update, delete on recipe, recipe_ingredient, plan, plan_entry, food_log to meals_app;
grant select, update (email, display_name, goal, daily_energy_kcal, birth_year) on account to meals_app;
grant select on recipe_nutrition to meals_app, meals_readonly;

-- Reports see no addresses.

grant select (id, goal, birth_year, created_at) on account to meals_readonly;
grant select on food, food_nutrient, recipe, recipe_ingredient, food_log, daily_intake to meals_readonly;

revoke execute on function audit.record_change() from public;
grant usage on schema audit to meals_readonly;
alter default privileges in schema audit grant select on tables to meals_readonly;
grant select on audit.change to meals_readonly;
