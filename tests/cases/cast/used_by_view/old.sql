CREATE TYPE mood AS ENUM ('calm', 'cross');

CREATE TABLE guests (id bigint PRIMARY KEY, said integer);
