create table food (
    name text,
    energy_kcal integer -- schemadiff: renamed from kcal
);
