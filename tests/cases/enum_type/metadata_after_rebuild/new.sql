create type colour as enum ('red', 'green', 'blue');

comment on type colour is 'what the supplier calls it';

alter type colour owner to app_owner;

revoke usage on type colour from public;

grant usage on type colour to app_reader;

create table paint (
    id bigint primary key,
    colour colour
);
