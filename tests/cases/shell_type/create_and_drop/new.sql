CREATE SCHEMA units;
CREATE TYPE units.weight;
CREATE TYPE units."Body Mass";
