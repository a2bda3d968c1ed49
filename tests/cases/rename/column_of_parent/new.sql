create table parent (id integer,
    -- schemadiff: renamed from note
    remark text);
create table child (extra integer) inherits (parent);
