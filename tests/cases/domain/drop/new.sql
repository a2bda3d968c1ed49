create domain email as text;
