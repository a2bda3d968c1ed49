create table note (
    id bigint primary key
);

create policy note_low on note for select using (id < 10);

create policy note_high on note as permissive using (id > 10);
