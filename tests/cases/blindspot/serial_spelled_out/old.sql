create table book (
    id serial primary key
);
