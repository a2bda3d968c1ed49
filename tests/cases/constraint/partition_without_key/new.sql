create table reading (
    sensor int not null,
    day date not null
) partition by range (day);

create table reading_old partition of reading for values from ('2020-01-01') to ('2021-01-01');
create table reading_new partition of reading for values from ('2021-01-01') to ('2022-01-01');

alter table only reading add constraint reading_key primary key (sensor, day);
alter table reading_old add constraint reading_old_key primary key (sensor, day);
alter index reading_key attach partition reading_old_key;
