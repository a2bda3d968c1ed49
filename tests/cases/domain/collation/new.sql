create domain tag as text collate "C";

create table label (
    tag tag primary key
);
