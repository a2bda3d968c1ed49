create table book (
    id uuid default gen_random_uuid() primary key,
    title text
);

create view shelf as
select id, title from book;
