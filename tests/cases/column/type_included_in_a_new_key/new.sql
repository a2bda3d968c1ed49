CREATE TABLE reader (id integer NOT NULL, card integer, CONSTRAINT reader_key PRIMARY KEY (id) INCLUDE (card));
CREATE TABLE loan (reader integer CONSTRAINT loan_reader REFERENCES reader (id), day date NOT NULL);
