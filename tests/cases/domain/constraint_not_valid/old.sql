create domain isbn as text;
