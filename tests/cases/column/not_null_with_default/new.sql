create table reader (
    id bigint primary key,
    active boolean not null default true,
    language text not null default 'en'
);
