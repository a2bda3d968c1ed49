CREATE TYPE mood AS ENUM ('calm', 'merry');

CREATE TABLE guest (id integer, mood text);
