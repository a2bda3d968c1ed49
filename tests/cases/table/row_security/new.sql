create table note (
    id bigint primary key,
    owner_name text not null
);

alter table note enable row level security;

create table diary (
    id bigint primary key
);

alter table diary enable row level security;
