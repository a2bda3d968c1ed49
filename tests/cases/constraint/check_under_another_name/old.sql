CREATE TABLE person (age int CONSTRAINT old_enough CHECK (age > 17));
