create table t (a integer, b integer,
    -- schemadiff: renamed from once
    constraint a_once unique (a),
    -- schemadiff: renamed from up
    constraint b_refers foreign key (b) references t (a));
