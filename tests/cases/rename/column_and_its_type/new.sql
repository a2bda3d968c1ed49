create table food (id integer,
    -- schemadiff: renamed from kcal
    energy numeric(8, 2) not null default 0);
