create table food (
    name text,
    kcal integer
);
