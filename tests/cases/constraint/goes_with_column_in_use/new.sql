create table food (
    id bigint primary key,
    label text constraint food_code_key unique,
    kcal integer constraint food_energy_check check (kcal >= 0)
);
create table meal (id bigint primary key, dish text constraint meal_food_fkey references food (label));
