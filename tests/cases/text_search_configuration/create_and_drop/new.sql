CREATE TABLE notes (id bigint PRIMARY KEY, body text);

CREATE TEXT SEARCH DICTIONARY dutch_stems (TEMPLATE = snowball, language = dutch);

CREATE TEXT SEARCH CONFIGURATION dutch_notes (PARSER = "default");

ALTER TEXT SEARCH CONFIGURATION dutch_notes ADD MAPPING FOR asciiword, word, hword WITH dutch_stems, simple;

ALTER TEXT SEARCH CONFIGURATION dutch_notes ADD MAPPING FOR email, "int" WITH simple;

COMMENT ON TEXT SEARCH CONFIGURATION dutch_notes IS 'what visitors write';

CREATE INDEX notes_body ON notes USING gin (to_tsvector('dutch_notes', body));
