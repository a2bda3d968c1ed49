-- Where keys stand in front of the indexes, the keys are what is tied.
SELECT
    'pg_inherits'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'index partition' AS class, ARRAY[n.nspname, c.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, c.relname) AS identity,
    CASE WHEN k.oid IS NULL THEN c.tableoid ELSE k.tableoid END AS dependent_class,
    coalesce(k.oid, c.oid) AS dependent_id, 0 AS dependent_sub,
    CASE WHEN k.oid IS NULL OR k.conparentid = 0 THEN p.tableoid ELSE k.tableoid END AS required_class,
    coalesce(nullif(k.conparentid, 0), p.oid) AS required_id, 0 AS required_sub,
    -- Detaching the partition is what undoes it.
    ARRAY['pg_inherits'::regclass::bigint, x.indrelid::bigint, 0] AS goes_with,
    format('%I.%I', m.nspname, p.relname) AS parent
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS p ON p.oid = i.inhparent
JOIN pg_namespace AS m ON m.oid = p.relnamespace
JOIN pg_index AS x ON x.indexrelid = c.oid
LEFT JOIN pg_constraint AS k ON k.conindid = c.oid AND k.contype IN ('p', 'u', 'x') AND k.conrelid = x.indrelid
WHERE c.relkind IN ('i', 'I') AND c.relpersistence <> 't'
