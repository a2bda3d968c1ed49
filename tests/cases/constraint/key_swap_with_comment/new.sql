create table reader (
    id bigint not null,
    card text not null,
    constraint reader_pkey primary key (card),
    constraint reader_id_key unique (id)
);

create table loan (
    id bigint primary key,
    reader_id bigint references reader (id),
    reader_card text references reader (card)
);
