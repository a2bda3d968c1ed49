-- Dishes made of foods.

create table recipe (
    id bigint generated always as identity primary key,
    account_id bigint not null references account on delete cascade,
    name text not null,
    servings smallint not null default 2,
    steps text[] not null default '{}',
    preparation_minutes integer not null default 0,
    cooking_minutes integer not null default 0,
    total_minutes integer generated always as (preparation_minutes + cooking_minutes) stored,
    published boolean not null default false,
    constraint recipe_servings_positive check (servings > 0),
    constraint recipe_name_unique unique (account_id, name)
);

create table recipe_ingredient (
    recipe_id bigint not null references recipe on delete cascade,
    position smallint not null,
    food_id bigint not null references food on delete restrict,
    weight grams not null,
    remark text,
    primary key (recipe_id, position)
);

create index recipe_ingredient_food_idx on recipe_ingredient (food_id);

create index recipe_quick_idx on recipe (total_minutes) where published;

-- What one serving of a recipe contains.
create view recipe_nutrition with (security_invoker = true) as
    select
        recipe.id as recipe_id,
        recipe.name,
        food_nutrient.nutrient_code,
        sum(food_nutrient.amount_per_100g * recipe_ingredient.weight / 100) / recipe.servings as amount_per_serving
    from recipe
    join recipe_ingredient on recipe_ingredient.recipe_id = recipe.id
    join food_nutrient on food_nutrient.food_id = recipe_ingredient.food_id
    group by recipe.id, food_nutrient.nutrient_code;

comment on table recipe is 'dishes made of foods';
comment on column recipe.published is 'whether everyone may read it';
comment on view recipe_nutrition is 'what one serving contains';
comment on column recipe_nutrition.amount_per_serving is 'in the unit of the nutrient';
