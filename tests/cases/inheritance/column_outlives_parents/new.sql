create table medium (
    title text not null
);

create table book (
    pages integer,
    shelf integer,
    constraint shelf_positive check (shelf > 0)
) inherits (medium);
