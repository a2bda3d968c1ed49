create table reading (
    day date not null,
    pages integer,
    remark text,
    double_pages integer
);
