SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.relowner AS owner, c.relacl::text[] AS acl,
    'view' AS class, ARRAY[n.nspname, c.relname]::text[] AS names, '{}'::text[] AS args,
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
    coalesce(c.reloptions, '{}') AS options
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND c.relpersistence <> 't' AND c.oid >= 16384
