create table reader (
    id bigint primary key,
    email text not null
);

create unique index reader_email_key on reader (email);
