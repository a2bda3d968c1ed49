create domain code as text
    -- schemadiff: renamed from filled
    constraint not_empty check (value <> '');
create table t (c code);
