create table cur (id integer primary key, a text unique);
create table old (id integer primary key, a text unique, b text);
create table child (cur_id integer references cur, old_id integer references old);
create index cur_a_idx on cur (a);
create index old_a_idx on old (a);
