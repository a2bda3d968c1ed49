create domain tag as text;

create table label (
    tag tag primary key
);
