create table book (
    id serial primary key,
    title text not null
);
