create table reader (
    id bigint primary key,
    email text
);

create index reader_email_idx on reader (id, lower(email));

alter index reader_email_idx alter column 2 set statistics 400;
