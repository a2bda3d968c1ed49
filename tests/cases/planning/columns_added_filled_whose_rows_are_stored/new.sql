create table food (
    name text,
    kcal integer not null default 0,
    id bigint generated always as identity
);

create table menu (
    week date primary key,
    foods food[]
);
