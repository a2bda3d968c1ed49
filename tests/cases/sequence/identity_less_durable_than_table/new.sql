create table ticket (
    id int generated always as identity,
    title text
);

alter sequence ticket_id_seq set unlogged;

create unlogged table draft (
    id int generated always as identity,
    title text
);

alter sequence draft_id_seq set logged;
