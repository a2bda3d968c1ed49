create schema shop;
-- schemadiff: renamed from public.span
create type shop.period as range (subtype = date, multirange_type_name = public.span_multirange);
create table t (s shop.period);
