create table ticket (
    id bigint primary key,
    state text not null default 'new',
    constraint ticket_state_check check (state in ('new', 'old', 'gone'))
);

create index ticket_new_idx on ticket (id) where state = 'new';

create view new_ticket as
    select id, state from ticket where state = 'new';
