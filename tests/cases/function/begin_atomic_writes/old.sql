create table visit (
    id bigint generated always as identity primary key,
    reader text not null
);

create table visit_count (
    reader text primary key,
    visits integer not null
);
