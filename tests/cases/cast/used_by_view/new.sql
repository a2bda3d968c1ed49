CREATE TYPE mood AS ENUM ('calm', 'cross');

CREATE TABLE guests (id bigint PRIMARY KEY, said integer);

CREATE FUNCTION mood_of(integer) RETURNS mood
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT CASE WHEN $1 > 0 THEN 'cross' ELSE 'calm' END::mood $$;

CREATE CAST (integer AS mood) WITH FUNCTION mood_of(integer);

CREATE VIEW guest_moods AS SELECT id, said::mood AS mood FROM guests;
