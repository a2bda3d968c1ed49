create table food (
    name text,
    -- schemadiff: renamed from per
    kcal numeric,
    -- schemadiff: renamed from kcal
    per integer
);
