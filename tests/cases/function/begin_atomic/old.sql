create table product (
    id bigint primary key,
    price numeric not null
);

create function discount(price numeric) returns numeric
    language sql immutable
    return price * 0.9;

create function total() returns numeric
    language sql stable
begin atomic
    select sum(discount(price)) from product;
end;
