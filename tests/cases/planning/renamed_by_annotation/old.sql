create table customer (
    id bigint primary key,
    phone text
);

create index customer_phone_idx on customer (phone);

create view customer_phone as
    select id, phone from customer;
