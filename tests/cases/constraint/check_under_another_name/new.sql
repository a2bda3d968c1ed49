CREATE TABLE person (age int CONSTRAINT grown_up CHECK (age > 20));
