CREATE TABLE places (id bigint PRIMARY KEY, name text);

CREATE TABLE towns (mayor text) INHERITS (places);

CREATE TABLE events (id bigint, day date) PARTITION BY RANGE (day);

CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

CREATE PUBLICATION geography FOR TABLE ONLY places;

CREATE PUBLICATION history FOR TABLE events WITH (publish_via_partition_root = true);
