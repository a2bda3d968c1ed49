create table reading (
    sensor int,
    day date
) partition by range (day);

create table reading_old partition of reading for values from ('2020-01-01') to ('2021-01-01') partition by list (sensor);
create table reading_old_1 partition of reading_old for values in (1);
create table reading_old_2 partition of reading_old for values in (2);
create table reading_new partition of reading for values from ('2021-01-01') to ('2022-01-01');

create index reading_day on only reading (day);
create index reading_old_day on only reading_old (day);
create index reading_old_2_day on reading_old_2 (day);
alter index reading_day attach partition reading_old_day;
alter index reading_old_day attach partition reading_old_2_day;
