CREATE COLLATION spelled (provider = icu, locale = 'de', rules = '&z < ä');
CREATE TABLE word (word text COLLATE spelled);
CREATE COLLATION other (provider = icu, locale = 'de');
