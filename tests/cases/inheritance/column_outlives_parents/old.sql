create table medium (
    title text not null,
    shelf integer,
    constraint shelf_positive check (shelf > 0)
);

create table book (
    pages integer
) inherits (medium);
