create table book (
    id bigint primary key,
    title text not null,
    language text constraint language_known not null
);

comment on constraint language_known on book is 'as the publisher says';
