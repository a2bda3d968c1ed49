CREATE TABLE meal (day integer, id integer) PARTITION BY RANGE (day);
CREATE TABLE first (day integer, id integer);
CREATE TABLE second (day integer, id integer);
CREATE INDEX first_other_idx ON first (id);
CREATE INDEX second_idx ON second (id);
ALTER TABLE meal ATTACH PARTITION first FOR VALUES FROM (0) TO (10);
ALTER TABLE meal ATTACH PARTITION second FOR VALUES FROM (10) TO (20);
CREATE INDEX meal_idx ON meal (id);
