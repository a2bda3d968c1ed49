CREATE TABLE foods (name text);
CREATE FOREIGN DATA WRAPPER suppliers VALIDATOR postgresql_fdw_validator;
CREATE FOREIGN DATA WRAPPER "By Post" OPTIONS (stamps 'two', "Paid by" 'it''s us');
COMMENT ON FOREIGN DATA WRAPPER "By Post" IS 'slow';
GRANT USAGE ON FOREIGN DATA WRAPPER suppliers TO PUBLIC;
