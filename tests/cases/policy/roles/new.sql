create table note (
    id bigint primary key
);

create policy note_read on note for select to app_reader, app_writer using (true);

create policy note_any on note to app_writer using (true);
