create table note (
    id bigint primary key,
    writer text not null
);

alter table note enable row level security;

create policy note_open on note using (true);
