create table note (
    id bigint primary key,
    writer text not null
);

create policy note_own on note
    using (writer = current_user);

create policy note_new on note for insert
    with check (writer = current_user);
