create type ticket_state as enum ('open', 'closed');

create table ticket (
    id bigint primary key,
    state ticket_state not null default 'open'
);
