SELECT
    'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, t.typowner AS owner, t.typacl::text[] AS acl,
    'type' AS class, ARRAY[format('%I.%I', n.nspname, t.typname)] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, t.typname) AS identity,
    ARRAY[format('type %I.%I', n.nspname, t.typname)] AS occupies,
    n.nspname::text AS schema,
    t.typname::text AS name,
    ARRAY(SELECT e.enumlabel::text FROM pg_enum AS e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND n.nspname !~ '^pg_temp_'
