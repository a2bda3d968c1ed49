create table visit(id bigint generated always as identity, d int) partition by list (d);
create table visit_1 partition of visit for values in (1);
