create table tag (
    name text collate "C" primary key,
    label text
);
