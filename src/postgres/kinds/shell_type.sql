SELECT
    'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, t.typowner AS owner, NULL::text[] AS acl,
    ARRAY[format('type %I.%I', n.nspname, t.typname)] AS occupies,
    n.nspname::text AS schema,
    t.typname::text AS name
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
WHERE NOT t.typisdefined AND n.nspname !~ '^pg_temp_'
