create table reader (
    id bigint primary key,
    email text not null,
    constraint reader_email_key unique (email)
);
