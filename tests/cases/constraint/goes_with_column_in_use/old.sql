create table food (
    id bigint primary key,
    code text constraint food_code_key unique,
    energy integer constraint food_energy_check check (energy >= 0)
);
create table meal (id bigint primary key, food text constraint meal_food_fkey references food (code));
