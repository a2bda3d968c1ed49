SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.relowner AS owner, c.relacl::text[] AS acl,
    'materialized view' AS class, ARRAY[n.nspname, c.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, c.relname) AS identity,
    ARRAY[format('relation %I.%I', n.nspname, c.relname), format('type %I.%I', n.nspname, c.relname)] AS occupies,
    rtrim(ltrim(pg_get_viewdef(c.oid)), ';') AS definition,
    ARRAY(
        SELECT concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), (
            SELECT format('COLLATE %I.%I', m.nspname, l.collname) FROM pg_collation AS l
            JOIN pg_namespace AS m ON m.oid = l.collnamespace
            WHERE l.oid = a.attcollation AND l.oid <> y.typcollation))
        FROM pg_attribute AS a
        JOIN pg_type AS y ON y.oid = a.atttypid
        WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum) AS columns,
    CASE WHEN c.reloptions IS NULL AND t.reloptions IS NULL THEN '{}'::text[] ELSE ARRAY(
        SELECT o FROM unnest(c.reloptions) AS o
        UNION ALL SELECT 'toast.' || o FROM unnest(t.reloptions) AS o) END AS options,
    b.amname AS access_method,
    s.spcname AS tablespace,
    c.relispopulated AS populated
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_class AS t ON t.oid = c.reltoastrelid
LEFT JOIN pg_am AS b ON b.oid = c.relam
LEFT JOIN pg_tablespace AS s ON s.oid = c.reltablespace
WHERE c.relkind = 'm' AND c.oid >= 16384
