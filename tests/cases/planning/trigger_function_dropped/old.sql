create table shop (
    id bigint primary key
);

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create table product (
    id bigint primary key
);

create trigger product_touch before update on product
    for each row execute function touch();
