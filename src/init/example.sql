-- An example, to be replaced: the files of this folder state what shall be, as CREATE statements, in any order.
-- After an edit, `schemadiff generate` writes the migration that leads there, and `schemadiff apply` runs it.

create table public.note (
    id bigint generated always as identity primary key,
    body text not null,
    created_at timestamptz not null default now()
);

comment on table public.note is 'something worth remembering';
