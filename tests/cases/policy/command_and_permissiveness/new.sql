create table note (
    id bigint primary key
);

create policy note_low on note for delete using (id < 10);

create policy note_high on note as restrictive using (id > 10);
