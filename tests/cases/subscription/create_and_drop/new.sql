CREATE TABLE foods (id integer PRIMARY KEY);
CREATE SUBSCRIPTION food_supply CONNECTION 'host=supplier.example dbname=foods' PUBLICATION foods, "New Foods"
    WITH (connect = false, slot_name = 'foods_slot', synchronous_commit = 'on', binary = true);
COMMENT ON SUBSCRIPTION food_supply IS 'from the supplier';
CREATE SUBSCRIPTION "Plain Supply" CONNECTION 'dbname=foods' PUBLICATION foods
    WITH (connect = false, slot_name = NONE);
