-- schemadiff: renamed from shop
create schema store;
-- schemadiff: renamed from item
create table store.article (
    id integer primary key,
    -- schemadiff: renamed from price
    cost integer
);
