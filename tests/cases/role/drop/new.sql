-- schemadiff: drop role leaver
CREATE ROLE heir;
CREATE ROLE stays;
CREATE TABLE item (id integer);
ALTER TABLE item OWNER TO heir;
CREATE TABLE other (id integer);
GRANT SELECT ON other TO stays;
CREATE POLICY two_roles ON other TO stays USING (true);
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER wrapper;
