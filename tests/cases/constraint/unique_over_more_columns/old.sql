CREATE TABLE person (id int PRIMARY KEY, nick text, grp int, UNIQUE (nick));
