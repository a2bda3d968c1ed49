create table reader (
    id bigint primary key,
    email text,
    constraint reader_email_key unique (email)
);

comment on index reader_pkey is 'old words';
