create table author (
    id bigint primary key
);

create table book (
    id bigint primary key,
    author_id bigint references author on delete cascade on update cascade,
    editor_id bigint references author on delete set null,
    translator_id bigint default 1 references author on delete set default on update restrict
);
