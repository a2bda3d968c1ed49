create table reader (
    id bigint primary key,
    card text not null
);

create table loan (
    id bigint primary key,
    card text
);
