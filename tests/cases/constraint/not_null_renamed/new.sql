create table book (
    id bigint primary key,
    title text constraint title_known not null,
    subtitle text not null,
    language text constraint language_known not null
);
