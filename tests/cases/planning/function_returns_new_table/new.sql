create table shop (
    id bigint primary key
);

create table product (
    id bigint primary key
);

create function a_product() returns product
    language sql stable
    as 'select * from product limit 1';
