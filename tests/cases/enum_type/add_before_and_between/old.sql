create type priority as enum ('normal', 'urgent');

create table task (
    id bigint primary key,
    priority priority not null
);
