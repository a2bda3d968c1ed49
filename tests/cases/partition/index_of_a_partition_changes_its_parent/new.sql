create table purchase (id integer, region text, day date) partition by range (day);
create table purchase_2025 partition of purchase for values from ('2025-01-01') to ('2026-01-01') partition by list (region);
create table purchase_2025_north partition of purchase_2025 for values in ('north');
create index before on purchase_2025 (day);
create index by_day on purchase_2025 (day);
