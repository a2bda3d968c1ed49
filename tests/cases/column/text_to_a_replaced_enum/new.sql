create type status as enum ('open', 'returned');

create table loan (
    id integer primary key,
    status status not null default 'open'
);
