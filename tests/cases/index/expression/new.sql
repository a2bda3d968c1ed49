create table reader (
    id bigint primary key,
    email text,
    data jsonb
);

create index reader_email_idx on reader (lower(email));

create index reader_city_idx on reader ((data ->> 'city'), (data ->> 'street') desc);
