create table book (
    id bigint primary key
);

create function touch() returns trigger
    language plpgsql
    as 'begin return null; end';

create trigger book_updated after update on book
    referencing old table as before_rows new table as after_rows
    for each statement execute function touch();
