CREATE TEXT SEARCH TEMPLATE plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);

CREATE TEXT SEARCH TEMPLATE stemming (INIT = dsnowball_init, LEXIZE = dsnowball_lexize);

CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = stemming, language = dutch);
