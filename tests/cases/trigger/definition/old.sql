create table book (
    id bigint primary key,
    title text,
    pages integer
);

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create trigger book_touch before update on book
    for each row execute function touch();

create trigger book_cleared after truncate on book
    for each statement execute function touch();
