CREATE TABLE orders (id bigint PRIMARY KEY, state integer, weight integer, note text);

CREATE PUBLICATION sales FOR TABLE orders (id, state, note) WHERE (state IN (1, 2));

CREATE PUBLICATION weights FOR TABLE orders (id, weight);
