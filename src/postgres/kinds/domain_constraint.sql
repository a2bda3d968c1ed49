SELECT
    'pg_constraint'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'domain constraint' AS class, ARRAY[format('%I.%I', n.nspname, t.typname)] AS names,
    ARRAY[c.conname]::text[] AS args,
    format('%I on %I.%I', c.conname, n.nspname, t.typname) AS identity,
    format('%I.%I', n.nspname, t.typname) AS domain,
    quote_ident(c.conname) AS name,
    regexp_replace(pg_get_constraintdef(c.oid), ' NOT VALID$', '') AS definition,
    c.convalidated AS validated
FROM pg_constraint AS c
JOIN pg_type AS t ON t.oid = c.contypid
JOIN pg_namespace AS n ON n.oid = t.typnamespace
WHERE c.contypid <> 0 AND n.nspname !~ '^pg_temp_'
