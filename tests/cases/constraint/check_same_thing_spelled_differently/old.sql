create table product (
    id bigint primary key,
    state text,
    price numeric,
    weight numeric,
    constraint product_state_check check (state in ('new', 'old')),
    constraint product_price_check check (price between 1 and 10),
    constraint product_weight_check check (weight > 0)
);
