create type status as enum ('gone');

create table loan (
    id integer primary key,
    status text not null default 'open'
);
