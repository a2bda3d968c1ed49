create table pair (a bigint, b integer);
create table report (line pair, constraint report_check check ((line).a > 0));
create index report_line on report (((line).a));
