CREATE DOMAIN mood AS text;

CREATE TABLE guest (id integer, mood mood);
