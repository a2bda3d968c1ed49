CREATE TYPE mood AS ENUM ('happy','ok','sad');
CREATE FUNCTION is_fine(what text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN what::mood > 'sad'::mood;
CREATE TABLE t (id int, m text);
CREATE INDEX t_fine ON t (is_fine(m));
