SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'index' AS class, ARRAY[n.nspname, c.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, c.relname) AS identity,
    ARRAY[format('relation %I.%I', n.nspname, c.relname)] AS occupies,
    -- While it lacks one of a partition, tying a partition would make another: all partitions are tied before.
    CASE WHEN c.relkind = 'I' AND NOT i.indisvalid THEN ARRAY(
        SELECT x FROM pg_inherits AS h,
            unnest(ARRAY['pg_inherits'::regclass::bigint, h.inhrelid::bigint, 0]) AS x
        WHERE h.inhparent = t.oid) END AS needs,
    format('%I.%I', m.nspname, t.relname) AS "table",
    CASE WHEN k.oid IS NULL THEN pg_get_indexdef(c.oid) END AS definition,
    c.relkind = 'I' AS partitioned,
    i.indisvalid OR c.relkind = 'I' AS valid,
    i.indisunique AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL AS referable,
    CASE WHEN k.oid IS NOT NULL THEN coalesce(c.reloptions, '{}') ELSE '{}' END AS options,
    s.spcname AS tablespace,
    CASE WHEN i.indexprs IS NULL THEN '{}' ELSE ARRAY(
        SELECT format('%s %s', a.attnum, a.attstattarget) FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attstattarget >= 0 ORDER BY a.attnum) END AS statistics
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS t ON t.oid = i.indrelid
JOIN pg_namespace AS m ON m.oid = t.relnamespace
LEFT JOIN pg_tablespace AS s ON s.oid = c.reltablespace
LEFT JOIN pg_constraint AS k ON k.conindid = c.oid AND k.contype IN ('p', 'u', 'x') AND k.conrelid = i.indrelid
WHERE c.relpersistence <> 't' AND t.relkind IN ('r', 'p', 'm')
