create table document (
    id bigint primary key,
    level smallint not null
);

create table document_log (
    level bigint
);

create rule document_logged as on delete to document
    do also insert into document_log values (old.level);

alter table document enable row level security;

create policy document_low on document for select to app_reader
    using (level < 3);
