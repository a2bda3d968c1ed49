create table chapter (
    book_id bigint not null,
    position integer not null,
    constraint chapter_position_key unique (book_id, position) deferrable initially deferred,
    parent integer
);

create table paragraph (
    book_id bigint,
    position integer
);
