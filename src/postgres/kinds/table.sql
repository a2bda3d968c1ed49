SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.relowner AS owner, c.relacl::text[] AS acl,
    'table' AS class, ARRAY[n.nspname, c.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, c.relname) AS identity,
    ARRAY[format('relation %I.%I', n.nspname, c.relname), format('type %I.%I', n.nspname, c.relname)] AS occupies,
    c.relpersistence = 'u' AS unlogged,
    CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
    CASE WHEN c.reloptions IS NULL AND t.reloptions IS NULL THEN '{}'::text[] ELSE ARRAY(
        SELECT o FROM unnest(c.reloptions) AS o
        UNION ALL SELECT 'toast.' || o FROM unnest(t.reloptions) AS o) END AS options,
    m.amname AS access_method,
    s.spcname AS tablespace,
    -- An index that identified the rows and was dropped leaves its mark, which then means nothing.
    CASE WHEN c.relreplident = 'i' AND NOT EXISTS (
        SELECT FROM pg_index AS x WHERE x.indrelid = c.oid AND x.indisreplident)
        THEN 'n' ELSE c.relreplident END AS replica_identity,
    c.relrowsecurity AS row_security,
    c.relforcerowsecurity AS force_row_security,
    CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS of_type
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_class AS t ON t.oid = c.reltoastrelid
LEFT JOIN pg_am AS m ON m.oid = c.relam
LEFT JOIN pg_tablespace AS s ON s.oid = c.reltablespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
