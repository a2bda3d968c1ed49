create table tag (
    name text primary key,
    label text collate "C"
);
