create type priority as enum ('none', 'low', 'normal', 'high', 'urgent', 'blocker');

create table task (
    id bigint primary key,
    priority priority not null
);
