create table reader (
    id bigint primary key,
    email text,
    constraint reader_email_key unique (email)
);

comment on index reader_email_key is 'checked at login';

comment on constraint reader_email_key on reader is 'one account an address';
