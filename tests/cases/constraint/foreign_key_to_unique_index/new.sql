create table reader (
    id bigint primary key,
    card text not null
);

create unique index reader_card_idx on reader (card);

create table loan (
    id bigint primary key,
    card text references reader (card)
);
