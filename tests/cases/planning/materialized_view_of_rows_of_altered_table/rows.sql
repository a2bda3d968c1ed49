insert into product values (1, 300);
refresh materialized view catalogue;
