create foreign data wrapper files;
create server disk foreign data wrapper files;
create foreign table f (
    -- schemadiff: renamed from id
    number integer options (c 'x'), note text) server disk;
