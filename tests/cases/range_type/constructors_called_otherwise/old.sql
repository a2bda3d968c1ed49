create type span as range (subtype = date);
alter type span rename to "Period";
alter type span_multirange rename to periods;
create table t (s "Period");
create view v as select span('2026-01-01', '2026-02-01') as january;
