create foreign data wrapper files;
create server disk foreign data wrapper files;
-- schemadiff: renamed from f
create foreign table far (id integer) server disk;
