create table author (
    id bigint primary key
);

create table book (
    id bigint primary key,
    author_id bigint,
    editor_id bigint,
    pages integer,
    constraint book_author_fkey foreign key (author_id) references author not enforced,
    constraint book_editor_fkey foreign key (editor_id) references author,
    constraint book_pages_check check (pages > 0) not enforced
);
