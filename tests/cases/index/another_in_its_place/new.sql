CREATE TABLE person (id int, mail text);
CREATE INDEX person_lower_idx ON person (lower(mail));
