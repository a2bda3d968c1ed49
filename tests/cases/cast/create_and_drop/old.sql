CREATE TYPE celsius AS (degrees numeric);

CREATE TYPE mood AS ENUM ('calm', 'cross');
