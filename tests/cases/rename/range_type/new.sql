-- schemadiff: renamed from span
create type period as range (subtype = date, multirange_type_name = span_multirange);
create table t (s period);
