CREATE TABLE prices (id bigint PRIMARY KEY, net numeric, gross numeric GENERATED ALWAYS AS (net * 1.2) STORED);

CREATE PUBLICATION catalogue FOR TABLE prices WITH (publish_generated_columns = stored);

CREATE PUBLICATION archive FOR TABLE prices WITH (publish_generated_columns = stored);
