CREATE TABLE purchase (
    id bigint NOT NULL,
    day date NOT NULL,
    region text NOT NULL,
    PRIMARY KEY (id, day, region)
) PARTITION BY RANGE (day);
