CREATE TABLE prices (id bigint PRIMARY KEY, net numeric, gross numeric GENERATED ALWAYS AS (net * 1.2) STORED);

CREATE PUBLICATION catalogue FOR TABLE prices;
