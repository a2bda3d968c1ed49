CREATE TYPE amount AS ENUM ('1', '2');
CREATE TYPE spot AS (x integer, worth amount);
CREATE TABLE place (id integer, at spot);
