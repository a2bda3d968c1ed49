CREATE TABLE reader (id integer NOT NULL, card text);
CREATE TABLE loan (reader integer, day date NOT NULL);
