create table product (
    id bigint primary key,
    state text,
    price numeric,
    weight numeric,
    constraint product_state_check check ((state = any (array['new'::text, 'old'::text]))),
    constraint product_price_check check (((price >= (1)::numeric) and (price <= (10)::numeric))),
    constraint product_weight_check check (weight >= 0)
);
