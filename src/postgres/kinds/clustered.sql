-- The tie is the index's own: the server's edge between index and table stays what it is.
SELECT
    'pg_index'::regclass::oid AS classid, i.indexrelid AS objid, 1 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'clustered' AS class, ARRAY[n.nspname, t.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, t.relname) AS identity,
    c.tableoid AS dependent_class, c.oid AS dependent_id, 0 AS dependent_sub,
    c.tableoid AS required_class, c.oid AS required_id, 0 AS required_sub,
    quote_ident(c.relname) AS index
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_class AS t ON t.oid = i.indrelid
JOIN pg_namespace AS n ON n.oid = t.relnamespace
WHERE i.indisclustered AND t.relkind IN ('r', 'p', 'm') AND t.relpersistence <> 't'
