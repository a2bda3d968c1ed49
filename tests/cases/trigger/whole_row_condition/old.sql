create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create table book (
    id bigint primary key,
    title varchar(20),
    shelf integer
);

create trigger book_touch before update on book
    for each row
    when (old.* is distinct from new.*)
    execute function touch();
