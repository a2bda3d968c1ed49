create type meal as enum ('breakfast', 'lunch', 'dinner');

create table food_log (
    id bigint primary key,
    meal meal not null default 'lunch'
);
