create table shelf (
    room text,
    number integer,
    primary key (room, number)
);

create table book (
    id bigint primary key,
    room text,
    shelf integer,
    constraint book_shelf_fkey foreign key (room, shelf) references shelf match full
);
