CREATE SCHEMA maps;
CREATE TABLE maps.shops (place box);
