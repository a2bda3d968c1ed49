create table customer (
    id bigint primary key,
    -- schemadiff: renamed from phone
    telephone text
);

create index customer_phone_idx on customer (telephone);

create view customer_phone as
    select id, telephone as phone from customer;
