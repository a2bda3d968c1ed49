create table food (id integer,
    -- schemadiff: renamed from note
    remark text,
    note integer);
