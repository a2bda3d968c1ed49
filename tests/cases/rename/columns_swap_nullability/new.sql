create table person (
    -- schemadiff: renamed from family
    given text,
    -- schemadiff: renamed from given
    family text not null
);
