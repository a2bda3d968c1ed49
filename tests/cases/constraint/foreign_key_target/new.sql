create table person (
    id bigint primary key
);

create table company (
    id bigint primary key
);

create table book (
    id bigint primary key,
    owner_id bigint,
    constraint book_owner_fkey foreign key (owner_id) references company
);
