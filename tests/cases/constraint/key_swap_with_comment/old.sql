create table reader (
    id bigint not null,
    card text not null,
    constraint reader_pkey primary key (id),
    constraint reader_card_key unique (card)
);

create table loan (
    id bigint primary key,
    reader_id bigint references reader (id),
    reader_card text references reader (card)
);

COMMENT ON COLUMN reader.card IS 'tied';
