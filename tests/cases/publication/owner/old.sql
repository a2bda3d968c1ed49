CREATE TABLE orders (id bigint PRIMARY KEY);

CREATE PUBLICATION "Sales of today" FOR TABLE orders;
