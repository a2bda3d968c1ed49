CREATE TYPE mood AS ENUM ('a','b','c');
CREATE TYPE size AS ENUM ('a','b','c');
CREATE DOMAIN dm AS mood;
CREATE TABLE t (id int, n mood, m dm, o mood, p mood[]);
