create table reading (
    day date constraint reading_dated not null,
    book text not null,
    pages integer constraint reading_counted not null
) partition by range (day);

create table reading_2025 partition of reading for values from ('2025-01-01') to ('2026-01-01');

create table reading_2026 partition of reading for values from ('2026-01-01') to ('2027-01-01');

create table reading_2027 partition of reading for values from ('2027-01-01') to ('2028-01-01');
