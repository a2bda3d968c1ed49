create table visit (
    id bigint not null,
    visited_on date not null,
    room text,
    constraint visit_pkey primary key (id, visited_on)
) partition by range (visited_on);

create index visit_room_idx on visit (room);

create table visit_2025 (
    id bigint not null,
    visited_on date not null,
    room text,
    constraint visit_2025_key primary key (id, visited_on)
);

create index visit_2025_by_room on visit_2025 (room);
