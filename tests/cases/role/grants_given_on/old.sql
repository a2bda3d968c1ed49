CREATE ROLE giver;
CREATE ROLE taker;
CREATE TABLE item (id integer);
GRANT SELECT ON item TO giver WITH GRANT OPTION;
SET ROLE giver;
GRANT SELECT ON item TO taker;
