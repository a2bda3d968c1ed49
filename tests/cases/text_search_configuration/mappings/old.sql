CREATE TEXT SEARCH DICTIONARY old_stems (TEMPLATE = snowball, language = english);

CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, language = dutch);

CREATE TEXT SEARCH CONFIGURATION notes (PARSER = "default");

ALTER TEXT SEARCH CONFIGURATION notes ADD MAPPING FOR word, asciiword WITH old_stems, simple;

ALTER TEXT SEARCH CONFIGURATION notes ADD MAPPING FOR email, url WITH simple;
