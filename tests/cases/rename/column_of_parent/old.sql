create table parent (id integer, note text);
create table child (extra integer) inherits (parent);
