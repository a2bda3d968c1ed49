create table note (
    id bigint primary key,
    writer text not null
);

create policy note_own on note
    using (writer = current_user)
    with check (id > 0);
