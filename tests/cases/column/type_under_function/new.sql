create table product (
    id bigint primary key,
    price bigint not null
);

create function dearest() returns bigint
    language sql stable
begin atomic
    select max(price)::bigint from product;
end;

create function cheapest() returns bigint
    language sql stable
    as 'select min(price)::bigint from product';
