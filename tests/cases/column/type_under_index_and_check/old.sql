create table product (
    id bigint primary key,
    code varchar(20) not null,
    price integer not null,
    constraint product_price_positive check (price > 0),
    constraint product_code_unique unique (code)
);

create index product_code_upper_idx on product (upper(code)) where price > 10;
