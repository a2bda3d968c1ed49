create table tome (
    id bigint constraint book_pkey primary key,
    title text not null,
    subtitle text constraint subtitle_known not null,
    language text constraint "Language is known" not null
);

alter table tome rename to book;
