create sequence card_number_seq start with 100;

create table branch (
    code text primary key
);

create table reader (
    id bigint primary key,
    card bigint not null default nextval('card_number_seq') unique,
    branch text default null references branch,
    language text not null default 'en' check (length(language) = 2)
);

create index reader_branch_idx on reader (branch) where language <> 'en';

comment on column reader.card is 'printed on the card';
