create table book (
    id bigint primary key,
    title text
);

create table book_log (
    book_id bigint,
    what text
);

create rule book_logged as on insert to book
    do also (
        insert into book_log values (new.id, 'new');
        insert into book_log values (new.id, 'seen; once')
    );
