create table note (
    id bigint primary key,
    writer text not null
);

alter table note enable row level security;

create policy note_own on note as permissive for select to app_reader
    using (writer = current_user);
