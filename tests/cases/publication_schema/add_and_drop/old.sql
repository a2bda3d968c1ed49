CREATE SCHEMA app;

CREATE SCHEMA "Old books";

CREATE TABLE app.orders (id bigint PRIMARY KEY);

CREATE PUBLICATION sales FOR TABLES IN SCHEMA app, "Old books";
