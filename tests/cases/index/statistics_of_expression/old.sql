create table reader (
    id bigint primary key,
    email text
);

create index reader_email_idx on reader (id, lower(email));
