create table food (id integer,
    -- schemadiff: renamed from kcal
    energy integer);
comment on column food.energy is 'per 100 g';
grant select (energy) on food to rename_reader;
