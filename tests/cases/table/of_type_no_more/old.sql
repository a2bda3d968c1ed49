CREATE TYPE place AS (x integer, y integer);
CREATE TABLE shelf OF place;
CREATE TYPE spot AS (x integer);
CREATE TABLE hook OF spot;
