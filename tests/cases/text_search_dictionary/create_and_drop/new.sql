CREATE SCHEMA search;

CREATE TEXT SEARCH DICTIONARY search.dutch (TEMPLATE = snowball, language = 'dutch', stopwords = 'dutch');

CREATE TEXT SEARCH DICTIONARY search."Exact" (TEMPLATE = simple);

COMMENT ON TEXT SEARCH DICTIONARY search.dutch IS 'stems of Dutch words';
