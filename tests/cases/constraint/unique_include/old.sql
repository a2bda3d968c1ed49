create table reader (
    id bigint primary key,
    email text not null,
    name text,
    constraint reader_email_key unique (email)
);
