create table product (
    id bigint primary key,
    sku text not null
);

create unique index product_sku_idx on product (sku);

alter table product replica identity nothing;
