create function fold(value text) returns text
    language sql immutable
    return lower(value);

create table reader (
    id bigint primary key,
    email text
);

create unique index reader_email_idx on reader (fold(email));
