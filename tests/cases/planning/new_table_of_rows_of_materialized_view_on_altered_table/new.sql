create table customer (
    id integer primary key,
    code text
);

create materialized view known as
select id, code from customer;

create materialized view tally as
select code, count(*) as number from known group by code;

create view frequent as
select code from tally where number > 1;

create table report (
    line tally
);
