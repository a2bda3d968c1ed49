create foreign data wrapper remote;

create server archive foreign data wrapper remote;

create server attic foreign data wrapper remote;

create foreign table letter (
    year integer check (year > 0)
) server archive;

create foreign table postcard (
    motif text
) inherits (letter) server archive;
