create type order_state as enum ('draft', 'open', 'paid', 'refunded');

create table purchase (
    id bigint primary key,
    state order_state not null default 'draft',
    constraint purchase_state_known check (state <> 'refunded' or id > 0)
);

create index purchase_refunded_idx on purchase (id) where state = 'refunded';

create view unfinished_purchase as
    select id from purchase where state in ('draft', 'open');
