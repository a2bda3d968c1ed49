create table visit (
    id bigint generated always as identity primary key,
    reader text not null
);

create table visit_count (
    reader text primary key,
    visits integer not null
);

create procedure enter(name text)
    language sql
begin atomic
    insert into visit (reader) values (name);
    insert into visit_count values (name, 1)
        on conflict (reader) do update set visits = visit_count.visits + 1;
end;
