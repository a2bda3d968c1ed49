SELECT
    'pg_attrdef'::regclass::oid AS classid, d.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'default value' AS class, ARRAY[n.nspname, c.relname, a.attname]::text[] AS names, '{}'::text[] AS args,
    format('for %I.%I.%I', n.nspname, c.relname, a.attname) AS identity,
    format('%I.%I', n.nspname, c.relname) AS "table",
    quote_ident(a.attname) AS "column",
    -- It refers to no column, and need not know of which table.
    pg_get_expr(d.adbin, 0) AS expression
FROM pg_attrdef AS d
JOIN pg_class AS c ON c.oid = d.adrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE a.attgenerated = '' AND c.relpersistence <> 't'
