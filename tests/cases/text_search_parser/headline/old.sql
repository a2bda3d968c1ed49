CREATE TEXT SEARCH PARSER words (
    START = prsd_start,
    GETTOKEN = prsd_nexttoken,
    END = prsd_end,
    LEXTYPES = prsd_lextype
);

CREATE TEXT SEARCH CONFIGURATION plain (PARSER = words);

ALTER TEXT SEARCH CONFIGURATION plain ADD MAPPING FOR word WITH simple;
