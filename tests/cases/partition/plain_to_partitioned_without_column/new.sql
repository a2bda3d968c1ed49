create table reading (
    day date not null,
    pages integer,
    double_pages integer generated always as (pages * 2) stored
) partition by range (day);

create table reading_all partition of reading default;
