create table t (a integer,
    -- schemadiff: renamed from pk
    constraint t_key primary key (a));
create table u (a integer references t);
