CREATE TABLE reader (id integer NOT NULL, card text, CONSTRAINT reader_key PRIMARY KEY (id) INCLUDE (card));
CREATE TABLE loan (
    id integer NOT NULL, reader integer CONSTRAINT loan_reader REFERENCES reader (id), day date NOT NULL, CONSTRAINT loan_key PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE TABLE loan_2025 PARTITION OF loan FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
