CREATE FUNCTION alike(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN lower($1) = lower($2);
CREATE OPERATOR === (FUNCTION = alike, LEFTARG = text, RIGHTARG = text);
CREATE TABLE food (name text, CHECK (name === name));
