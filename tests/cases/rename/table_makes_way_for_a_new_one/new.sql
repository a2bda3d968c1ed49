-- schemadiff: renamed from orders
create table orders_2025 (id integer constraint orders_2025_id_key unique, total integer);
create table orders (id integer constraint orders_id_key unique, total numeric not null);
