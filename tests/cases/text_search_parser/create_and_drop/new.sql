CREATE SCHEMA search;

CREATE TEXT SEARCH PARSER search.words (
    START = prsd_start,
    GETTOKEN = prsd_nexttoken,
    END = prsd_end,
    HEADLINE = prsd_headline,
    LEXTYPES = prsd_lextype
);

CREATE TEXT SEARCH CONFIGURATION search.plain (PARSER = search.words);

ALTER TEXT SEARCH CONFIGURATION search.plain ADD MAPPING FOR word WITH simple;

COMMENT ON TEXT SEARCH PARSER search.words IS 'as the default one';
