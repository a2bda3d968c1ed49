create type meal as enum ('breakfast', 'lunch', 'dinner', 'snack');

create table food_log (
    id bigint primary key,
    meal meal not null default 'lunch'
);
