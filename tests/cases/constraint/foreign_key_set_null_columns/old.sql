create table reader (
    library_id bigint,
    id bigint,
    primary key (library_id, id)
);

create table loan (
    id bigint primary key,
    library_id bigint not null,
    reader_id bigint,
    constraint loan_reader_fkey foreign key (library_id, reader_id)
        references reader on delete set null
);
