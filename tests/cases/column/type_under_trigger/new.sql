create function touch() returns trigger
    language plpgsql
    as $$
begin
    return new;
end;
$$;

create table product (
    id bigint primary key,
    price numeric(10, 2) not null
);

create trigger product_price_touch
    before update of price on product
    for each row
    when (new.price > old.price)
    execute function touch();
