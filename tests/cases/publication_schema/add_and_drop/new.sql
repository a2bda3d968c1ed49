CREATE SCHEMA app;

CREATE SCHEMA billing;

CREATE TABLE app.orders (id bigint PRIMARY KEY);

CREATE TABLE billing.bills (id bigint PRIMARY KEY);

CREATE PUBLICATION sales FOR TABLES IN SCHEMA billing, public, TABLE app.orders;

CREATE PUBLICATION bills FOR TABLES IN SCHEMA billing;
