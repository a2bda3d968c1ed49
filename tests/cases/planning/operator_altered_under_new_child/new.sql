CREATE FUNCTION alike(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN lower($1) = lower($2);
CREATE OPERATOR === (FUNCTION = alike, LEFTARG = text, RIGHTARG = text, COMMUTATOR = ===, HASHES);
CREATE TABLE food (name text, CHECK (name === name));
CREATE TABLE drink (volume integer) INHERITS (food);
