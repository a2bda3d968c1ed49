CREATE TYPE mood AS ENUM ('c','b','a');
CREATE TYPE size AS ENUM ('c','b','a');
CREATE DOMAIN dm AS mood;
CREATE TABLE t (id int, n size, m dm, o mood[], p dm);
