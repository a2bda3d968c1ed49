CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, language = english, stopwords = english);

CREATE TEXT SEARCH DICTIONARY names (TEMPLATE = simple, stopwords = dutch, accept = false);

CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple);

CREATE TEXT SEARCH CONFIGURATION notes (PARSER = "default");

ALTER TEXT SEARCH CONFIGURATION notes ADD MAPPING FOR word WITH names, stems;
