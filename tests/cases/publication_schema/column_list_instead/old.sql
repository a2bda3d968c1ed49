CREATE SCHEMA app;

CREATE TABLE app.orders (id bigint PRIMARY KEY, note text);

CREATE TABLE app.bills (id bigint PRIMARY KEY, total numeric);

CREATE PUBLICATION sales FOR TABLES IN SCHEMA app;
