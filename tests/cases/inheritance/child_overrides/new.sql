create table person (
    id bigint,
    kind text default 'person'
);

create table reader (
    card text,
    kind text not null default 'reader',
    constraint reader_pkey primary key (id)
) inherits (person);
