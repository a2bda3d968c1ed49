CREATE COLLATION spelled (provider = icu, locale = 'de', rules = '&o < ö <<< Ö');
CREATE TABLE word (word text COLLATE spelled);
CREATE COLLATION other (provider = icu, locale = 'de', rules = '&a < g');
