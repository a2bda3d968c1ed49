CREATE TABLE plan (id integer, eaten_on date);
GRANT SELECT ON plan TO app_reader;
