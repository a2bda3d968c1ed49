create table loan (id bigint primary key, book_id bigint, days integer);
create materialized view loans as select book_id, count(*) as loans from loan group by book_id;
