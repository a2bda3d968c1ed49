CREATE TABLE inbound (
    id bigserial PRIMARY KEY,
    place text,
    note text DEFAULT 'nothing'
);
CREATE TABLE returned (reason text) INHERITS (inbound);
