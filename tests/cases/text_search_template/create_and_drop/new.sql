CREATE SCHEMA search;

CREATE TEXT SEARCH TEMPLATE search."Plain" (INIT = dsimple_init, LEXIZE = dsimple_lexize);

CREATE TEXT SEARCH DICTIONARY search.plain (TEMPLATE = search."Plain", accept = false);

COMMENT ON TEXT SEARCH TEMPLATE search."Plain" IS 'lower case, nothing else';
