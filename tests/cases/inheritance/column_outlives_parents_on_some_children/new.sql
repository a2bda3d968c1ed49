create table medium (
    title text not null
);

create table book (
    pages integer,
    shelf integer,
    constraint book_shelf_positive check (shelf > 0)
) inherits (medium);

create table film () inherits (medium);

create table short_film (
    loans integer default 0
) inherits (film);
