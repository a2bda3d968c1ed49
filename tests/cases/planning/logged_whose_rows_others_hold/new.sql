CREATE UNLOGGED TABLE food (name text, grams integer);
CREATE TABLE drink (name text, volume integer);
CREATE TYPE course AS (main food, beside drink[]);
CREATE TABLE meal (id integer PRIMARY KEY, plate food, glasses drink[]);
CREATE TABLE menu (id integer PRIMARY KEY, first course);
CREATE MATERIALIZED VIEW plate AS SELECT plate FROM meal;
CREATE TABLE snack (id integer PRIMARY KEY, bite food);
