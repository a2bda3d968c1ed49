create unlogged table readers (
    id integer primary key,
    invited_by integer references readers
);

create unlogged table loans (
    id integer primary key,
    reader_id integer references readers
);

create unlogged table fines (
    loan_id integer references loans,
    reader_id integer references readers
);

create table titles (
    id integer primary key
);

create table copies (
    title_id integer references titles
);
