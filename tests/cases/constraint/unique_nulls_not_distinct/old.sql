create table reader (
    id bigint primary key,
    phone text,
    constraint reader_phone_key unique (phone)
);
