create table feature (
    id bigint primary key,
    enabled integer not null default 0
);
