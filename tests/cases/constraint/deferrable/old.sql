create table chapter (
    book_id bigint not null,
    position integer not null,
    constraint chapter_position_key unique (book_id, position),
    parent integer
);

create table paragraph (
    book_id bigint,
    position integer,
    constraint paragraph_chapter_fkey foreign key (book_id, position)
        references chapter (book_id, position) deferrable
);
