create table item (
    id bigint primary key
);

set check_function_bodies = off;

create function newest_remark() returns text
    language sql stable
    as 'select body from remark order by id desc limit 1';

create table remark (
    id bigint primary key,
    body text not null
);
