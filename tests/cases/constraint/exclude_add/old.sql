create extension btree_gist;

create table booking (
    id bigint primary key,
    room integer not null,
    during tstzrange not null
);
