create table readers (
    id integer primary key,
    invited_by integer references readers
);

create table loans (
    id integer primary key,
    reader_id integer references readers
);

create table fines (
    loan_id integer references loans,
    reader_id integer references readers
);

create unlogged table titles (
    id integer primary key
);

create unlogged table copies (
    title_id integer references titles
);
