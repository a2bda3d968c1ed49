-- schemadiff: drop role manager
CREATE ROLE a;
CREATE ROLE b;
