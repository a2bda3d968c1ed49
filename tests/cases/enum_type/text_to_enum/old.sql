create table ticket (
    id bigint primary key,
    state text not null default 'open'
);
