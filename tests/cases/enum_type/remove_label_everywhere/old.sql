create type loan_state as enum ('reserved', 'out', 'lost', 'returned');

create table loan (
    id bigint primary key,
    state loan_state not null default 'reserved',
    history loan_state[] not null default '{reserved}',
    constraint loan_state_known check (state <> 'returned' or id > 0)
);

create index loan_out_idx on loan (id) where state = 'out';

create view loan_out as
    select id, state from loan where state = 'out';

create function is_open(state loan_state) returns boolean
    language sql immutable
    return state <> 'returned'::loan_state;

create view loan_open as
    select id from loan where is_open(state);
