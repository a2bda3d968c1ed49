create table pair (a integer, b integer);
create table report (line pair);
