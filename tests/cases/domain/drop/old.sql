create domain email as text;

create domain phone as text
    default ''
    constraint phone_not_null not null;
