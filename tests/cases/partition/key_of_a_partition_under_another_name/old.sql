CREATE TABLE meal (day integer, id integer, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE first (day integer NOT NULL, id integer NOT NULL, CONSTRAINT first_key PRIMARY KEY (day, id));
CREATE TABLE second (day integer NOT NULL, id integer NOT NULL, CONSTRAINT second_key PRIMARY KEY (day, id));
ALTER TABLE meal ATTACH PARTITION first FOR VALUES FROM (0) TO (10);
ALTER TABLE meal ATTACH PARTITION second FOR VALUES FROM (10) TO (20);
