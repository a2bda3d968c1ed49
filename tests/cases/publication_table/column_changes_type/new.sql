CREATE TABLE orders (id bigint PRIMARY KEY, state bigint, weight bigint);

CREATE PUBLICATION sales FOR TABLE orders (id, state) WHERE (state IN (1, 2));

CREATE PUBLICATION weights FOR TABLE orders (id, weight);
