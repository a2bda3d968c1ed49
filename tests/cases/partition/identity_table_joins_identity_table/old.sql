create table visit(id bigint generated always as identity, d int) partition by list (d);
create table visit_1(id bigint generated always as identity, d int);
