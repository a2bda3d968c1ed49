create table note (
    id bigint primary key
);

alter table note enable row level security;

alter table note force row level security;
