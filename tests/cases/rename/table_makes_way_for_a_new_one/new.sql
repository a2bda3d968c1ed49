-- schemadiff: renamed from orders
create table orders_2025 (id integer constraint orders_2025_pkey primary key, total integer);
create table orders (id integer constraint orders_pkey primary key, total numeric not null);
