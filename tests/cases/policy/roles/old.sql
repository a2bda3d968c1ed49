create table note (
    id bigint primary key
);

create policy note_read on note for select to app_reader using (true);

create policy note_any on note using (true);
