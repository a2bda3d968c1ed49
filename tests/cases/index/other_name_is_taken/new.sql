create table product (id bigint primary key, sku text, name text);

create index product_idx on product (sku, name);

create index product_idx__old on product (name);
