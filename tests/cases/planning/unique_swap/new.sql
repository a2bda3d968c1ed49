create table seat (
    id bigint primary key,
    room text,
    number integer,
    constraint seat_a unique (number),
    constraint seat_b unique (room)
);
