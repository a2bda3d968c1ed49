CREATE TABLE plan (id integer, eaten_on date);
CREATE INDEX plan_eaten_on ON plan (eaten_on);
