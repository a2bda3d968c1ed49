-- What will be eaten: a plan a week.

create table plan (
    id bigint generated always as identity primary key,
    account_id bigint not null references account on delete cascade,
    week_start date not null,
    name text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint plan_starts_on_monday check (extract(isodow from week_start) = 1),
    constraint plan_one_a_week unique (account_id, week_start)
);

create table plan_entry (
    plan_id bigint not null references plan on delete cascade,
    day date not null,
    meal meal not null,
    position smallint not null default 1,
    recipe_id bigint references recipe on delete cascade,
    food_id bigint references food,
    servings numeric(4, 1) not null default 1,
    primary key (plan_id, day, meal, position),
    constraint plan_entry_recipe_or_food check (num_nonnulls(recipe_id, food_id) = 1),
    constraint plan_entry_servings_positive check (servings > 0)
);

create index plan_entry_recipe_idx on plan_entry (recipe_id) where recipe_id is not null;

create index plan_entry_food_idx on plan_entry (food_id) where food_id is not null;

create trigger plan_updated_at before update on plan
    for each row
    when (old.* is distinct from new.*)
    execute function set_updated_at();

comment on table plan is 'what someone means to eat in one week';
comment on constraint plan_entry_recipe_or_food on plan_entry is 'one of the two, never both';
