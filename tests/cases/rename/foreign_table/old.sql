create foreign data wrapper files;
create server disk foreign data wrapper files;
create foreign table f (id integer) server disk;
