create table reading (
    id integer primary key,
    value integer
);

create index reading_rounded on reading ((value / 10));

alter index reading_rounded alter column 1 set statistics 500;
