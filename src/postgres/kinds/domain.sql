SELECT
    'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, t.typowner AS owner, t.typacl::text[] AS acl,
    'type' AS class, ARRAY[format('%I.%I', n.nspname, t.typname)] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, t.typname) AS identity,
    ARRAY[format('type %I.%I', n.nspname, t.typname)] AS occupies,
    n.nspname::text AS schema,
    t.typname::text AS name,
    format_type(t.typbasetype, t.typtypmod) AS base,
    CASE WHEN t.typcollation <> b.typcollation THEN (
        SELECT format('%I.%I', m.nspname, l.collname) FROM pg_collation AS l
        JOIN pg_namespace AS m ON m.oid = l.collnamespace WHERE l.oid = t.typcollation) END AS collation,
    t.typnotnull AND NOT EXISTS (
        SELECT FROM pg_constraint AS c WHERE c.contypid = t.oid AND c.contype = 'n') AS not_null,
    ARRAY(
        SELECT format('CONSTRAINT %I %s', c.conname, pg_get_constraintdef(c.oid)) FROM pg_constraint AS c
        WHERE c.contypid = t.oid AND c.convalidated ORDER BY c.conname) AS promises
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
JOIN pg_type AS b ON b.oid = t.typbasetype
WHERE t.typtype = 'd' AND n.nspname !~ '^pg_temp_'
