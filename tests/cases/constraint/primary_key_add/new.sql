create table reader (
    id bigint,
    name text,
    constraint reader_pkey primary key (id)
);
