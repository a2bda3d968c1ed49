create table book (
    id bigint primary key,
    title text
);

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create trigger book_update before update on book
    for each row execute function touch();
