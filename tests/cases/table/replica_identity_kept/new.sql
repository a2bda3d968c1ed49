create table product (
    id bigint primary key,
    sku text not null,
    shop_id bigint not null
);

create unique index product_sku_idx on product (shop_id, sku);

alter table product replica identity using index product_sku_idx;
