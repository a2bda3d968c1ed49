create table reader (
    id bigint primary key,
    email text,
    left_on date
);

create unique index reader_email_idx on reader (email) where left_on is null;
