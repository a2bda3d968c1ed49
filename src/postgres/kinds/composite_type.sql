SELECT
    'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, t.typowner AS owner, t.typacl::text[] AS acl,
    'type' AS class, ARRAY[format('%I.%I', n.nspname, t.typname)] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, t.typname) AS identity,
    ARRAY[format('relation %I.%I', n.nspname, t.typname), format('type %I.%I', n.nspname, t.typname)] AS occupies,
    n.nspname::text AS schema,
    t.typname::text AS name,
    ARRAY(
        SELECT quote_ident(a.attname) FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS attributes
FROM pg_type AS t
JOIN pg_class AS c ON c.oid = t.typrelid AND c.relkind = 'c'
JOIN pg_namespace AS n ON n.oid = t.typnamespace
WHERE t.typtype = 'c' AND n.nspname !~ '^pg_temp_'
