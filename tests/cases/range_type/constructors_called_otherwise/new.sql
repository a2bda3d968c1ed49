create type "Period" as range (subtype = date, multirange_type_name = periods);
create table t (s "Period");
create view v as select "Period"('2026-01-01', '2026-02-01') as january;
create type "Other" as range (subtype = integer);
alter type "Other" rename to numbers;
