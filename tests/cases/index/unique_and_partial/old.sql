create table reader (
    id bigint primary key,
    email text,
    left_on date
);

create index reader_email_idx on reader (email);
