create table food (name text, 
    -- schemadiff: renamed from kcal
    energy_kcal integer not null default 0);
