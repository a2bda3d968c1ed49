create domain code as text constraint filled check (value <> '');
create table t (c code);
