-- schemadiff: drop role giver
-- schemadiff: drop role taker
CREATE TABLE item (id integer);
