create table book (
    id bigint primary key,
    title text,
    pages integer
);

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create trigger book_touch after insert or update of title, pages on book
    for each row when (new.pages > 10) execute function touch('a', 'it''s b');

create trigger book_cleared before truncate on book
    for each statement execute function touch();
