create table seat (
    id bigint primary key,
    label text
);

create unique index seat_label_idx on seat (label);
