CREATE EXTENSION btree_gist;
CREATE FUNCTION lane(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 % 100';
CREATE TABLE booking (id integer PRIMARY KEY, place integer, EXCLUDE USING gist (lane(place) WITH =));
