create table product (
    id bigint primary key,
    price numeric
);

create view pair as
select one as cheap, other as dear
from product as one, product as other
where one.price < other.price;

create table offer (
    best pair
);
