create table product (
    id bigint primary key,
    price numeric not null
);

create function discount(price numeric, rate numeric) returns numeric
    language sql immutable
    return price * (1 - rate);

create function total() returns numeric
    language sql stable
begin atomic
    select sum(discount(price, 0.1)) from product;
end;
