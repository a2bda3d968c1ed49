create table note (
    id bigint primary key,
    owner_name text not null
);

create table diary (
    id bigint primary key
);

alter table diary enable row level security;

alter table diary force row level security;
