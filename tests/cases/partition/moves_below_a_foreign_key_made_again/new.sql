CREATE TABLE reader (id integer NOT NULL, card text, CONSTRAINT reader_pkey PRIMARY KEY (id));
CREATE TABLE loan (id integer NOT NULL, reader integer CONSTRAINT loan_reader REFERENCES reader (id), day date NOT NULL)
PARTITION BY RANGE (day);
CREATE TABLE loan_2025 PARTITION OF loan DEFAULT;
