create table book (
    id bigint primary key
);

create table copy (
    id bigint primary key
);

create function touch() returns trigger
    language plpgsql
    as 'begin return null; end';

create constraint trigger book_checked after insert or update on book
    from copy
    deferrable initially deferred
    for each row execute function touch();
