CREATE TABLE purchase (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE INDEX purchase_day ON purchase (day);
