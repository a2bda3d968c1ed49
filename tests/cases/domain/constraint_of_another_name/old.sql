create domain code as text constraint not_empty check (value <> '');
create table shelf (label code, codes code[]);
