SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, a.attnum::integer AS objsubid, NULL::oid AS owner,
    NULL::text[] AS acl,
    'composite type column' AS class, ARRAY[n.nspname, c.relname, a.attname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I.%I', n.nspname, c.relname, a.attname) AS identity,
    format('%I.%I', n.nspname, c.relname) AS composite,
    quote_ident(a.attname) AS name,
    format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN a.attcollation <> y.typcollation THEN (
        SELECT format('%I.%I', m.nspname, l.collname) FROM pg_collation AS l
        JOIN pg_namespace AS m ON m.oid = l.collnamespace WHERE l.oid = a.attcollation) END AS collation
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_type AS y ON y.oid = a.atttypid
WHERE c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname !~ '^pg_temp_'
