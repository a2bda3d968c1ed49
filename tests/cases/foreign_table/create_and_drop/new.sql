CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE SCHEMA imports;
CREATE FOREIGN TABLE imports.foods (
    name text OPTIONS (force_not_null 'true') COLLATE "C" NOT NULL,
    kcal integer DEFAULT 0,
    label text GENERATED ALWAYS AS (name || '!') STORED,
    CONSTRAINT kcal_is_positive CHECK (kcal >= 0)
) SERVER files OPTIONS (filename '/srv/foods.csv', format 'csv', null '');
COMMENT ON FOREIGN TABLE imports.foods IS 'as delivered';
COMMENT ON COLUMN imports.foods.kcal IS 'per 100 g';
GRANT SELECT ON imports.foods TO PUBLIC;
GRANT SELECT (name) ON imports.foods TO PUBLIC;
CREATE VIEW imports.light AS SELECT name FROM imports.foods WHERE kcal < 100;
