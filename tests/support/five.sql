CREATE TABLE IF NOT EXISTS a (id int PRIMARY KEY, b int);
INSERT INTO a SELECT g, g FROM generate_series(1, 1000) g ON CONFLICT DO NOTHING;
ALTER TABLE a ADD COLUMN IF NOT EXISTS c int;

-- schemadiff: no-transaction
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('a_b') AND NOT indisvalid) THEN DROP INDEX a_b; END IF;
END $$;
CREATE INDEX CONCURRENTLY IF NOT EXISTS a_b ON a (b);

-- schemadiff: transaction
ALTER TABLE a DROP CONSTRAINT IF EXISTS positive;
ALTER TABLE a ADD CONSTRAINT positive CHECK (b > 0) NOT VALID;

-- schemadiff: no-transaction
ALTER TABLE a VALIDATE CONSTRAINT positive;
ANALYZE a;

-- schemadiff: transaction
CREATE OR REPLACE VIEW v AS SELECT id, c FROM a;
COMMENT ON VIEW v IS 'the end';
