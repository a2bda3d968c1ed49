create table product (
    id bigint generated always as identity primary key,
    name text not null default '',
    price numeric(10, 2) check (price >= 0)
);

comment on column product.price is 'in euro';

create index product_name_idx on product (name);

create table product_draft (like product including all);
