create table reading (
    day date not null,
    book text constraint reading_book_known not null
) partition by range (day);

create table reading_2026 partition of reading for values from ('2026-01-01') to ('2027-01-01');

create table reading_2025 (
    day date not null,
    book text
);
