CREATE SEQUENCE movement_number;
CREATE TABLE inbound (
    id bigint PRIMARY KEY DEFAULT nextval('movement_number'),
    place text DEFAULT 'kitchen',
    note text DEFAULT 'none'
);
