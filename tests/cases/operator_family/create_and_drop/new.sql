CREATE SCHEMA units;
CREATE OPERATOR FAMILY units.weights USING btree;
COMMENT ON OPERATOR FAMILY units.weights USING btree IS 'grams and pounds';
CREATE OPERATOR FAMILY units."By Hash" USING hash;
