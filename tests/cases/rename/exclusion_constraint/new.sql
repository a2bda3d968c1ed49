create table t (r int4range,
    -- schemadiff: renamed from apart
    constraint no_overlap exclude using gist (r with &&));
