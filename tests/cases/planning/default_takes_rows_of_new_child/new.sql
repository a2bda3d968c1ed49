CREATE TABLE book (pages integer);
CREATE TABLE atlas (pages integer) INHERITS (book);
CREATE FUNCTION usual_pages(atlas) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER TABLE book ALTER pages SET DEFAULT usual_pages(NULL);
