create table food (id integer,
    -- schemadiff: renamed from kcal
    energy integer);
