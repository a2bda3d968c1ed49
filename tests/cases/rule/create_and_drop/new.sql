create table book (
    id bigint primary key,
    title text
);

create table book_log (
    book_id bigint,
    what text
);

create rule book_logged as on update to book
    where new.title is distinct from old.title
    do also insert into book_log values (old.id, 'title');
