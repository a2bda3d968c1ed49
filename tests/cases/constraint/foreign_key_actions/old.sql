create table author (
    id bigint primary key
);

create table book (
    id bigint primary key,
    author_id bigint references author,
    editor_id bigint references author on delete cascade,
    translator_id bigint references author on delete restrict
);
