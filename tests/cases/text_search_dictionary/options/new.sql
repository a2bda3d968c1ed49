CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, language = dutch);

CREATE TEXT SEARCH DICTIONARY names (TEMPLATE = simple, accept = true, stopwords = dutch);

CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple, accept = 'false');

CREATE TEXT SEARCH CONFIGURATION notes (PARSER = "default");

ALTER TEXT SEARCH CONFIGURATION notes ADD MAPPING FOR word WITH names, stems;
