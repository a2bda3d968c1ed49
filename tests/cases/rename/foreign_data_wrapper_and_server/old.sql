create foreign data wrapper files;
create server disk foreign data wrapper files;
