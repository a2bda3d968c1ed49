create function remember() returns trigger
    language plpgsql
    as 'begin return new; end';

create table book (
    id bigint primary key,
    changed_at timestamptz
);

create trigger book_remember before update on book
    for each row execute function remember();

comment on trigger book_remember on book is 'keeps the time';
