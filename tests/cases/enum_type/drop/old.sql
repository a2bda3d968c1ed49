create type size as enum ('small', 'medium', 'large');

create type colour as enum ('red', 'green');
