CREATE FUNCTION like_food(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN lower($1) = lower($2);
CREATE FUNCTION unlike_food(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN lower($1) <> lower($2);

CREATE OPERATOR === (FUNCTION = like_food, LEFTARG = text, RIGHTARG = text, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR !== (FUNCTION = unlike_food, LEFTARG = text, RIGHTARG = text, RESTRICT = eqsel);
CREATE OPERATOR ~== (FUNCTION = like_food, LEFTARG = text, RIGHTARG = text, NEGATOR = ~!=);
CREATE TABLE foods (name text, CHECK (name === name));
