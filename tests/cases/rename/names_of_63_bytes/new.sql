-- schemadiff: renamed from ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt
create table uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu (
    -- schemadiff: renamed from ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
    ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc text,
    -- schemadiff: renamed from ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
    ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd integer);
