create table book (
    id bigint primary key,
    subtitle text,
    shelf integer default 3,
    title text not null
);
