create table book (
    id bigint primary key,
    title text not null,
    language text not null
);

comment on constraint book_title_not_null on book is 'every book is called something';

create table reader (
    name text not null
);

comment on constraint reader_name_not_null on reader is 'nobody reads without a name';
