CREATE TEXT SEARCH TEMPLATE plain (LEXIZE = dsimple_lexize);

CREATE TEXT SEARCH TEMPLATE stemming (INIT = dsimple_init, LEXIZE = dsimple_lexize);

CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = stemming, accept = false);
