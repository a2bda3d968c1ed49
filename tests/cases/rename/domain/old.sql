create domain code as text constraint code_check check (value <> '');
create table t (c code);
