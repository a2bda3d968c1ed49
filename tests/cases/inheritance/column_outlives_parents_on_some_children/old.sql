create table medium (
    title text not null,
    shelf integer,
    loans integer default 0,
    constraint shelf_positive check (shelf > 0)
);

create table book (
    pages integer
) inherits (medium);

create table film () inherits (medium);

create table short_film () inherits (film);
