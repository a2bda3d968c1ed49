create table book (
    id bigint primary key,
    title text
);

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create trigger book_insert before insert on book
    for each row execute function touch();
