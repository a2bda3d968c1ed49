create domain code as text constraint filled check (value <> '');
create table shelf (label code, codes code[]);
