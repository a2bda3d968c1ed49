SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid,
    c.relowner AS owner, c.relacl::text[] AS acl,
    'sequence' AS class, ARRAY[n.nspname, c.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, c.relname) AS identity,
    ARRAY[format('relation %I.%I', n.nspname, c.relname)] AS occupies,
    format_type(s.seqtypid, NULL) AS type,
    s.seqstart AS start, s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum,
    s.seqcache AS cache, s.seqcycle AS cycle,
    c.relpersistence = 'u' AS unlogged,
    CASE WHEN d.deptype = 'i' THEN d.refobjid::regclass::text END AS identity_table,
    CASE WHEN d.deptype = 'i' THEN (
        SELECT quote_ident(a.attname) FROM pg_attribute AS a
        WHERE a.attrelid = d.refobjid AND a.attnum = d.refobjsubid) END AS identity_column
FROM pg_sequence AS s
JOIN pg_class AS c ON c.oid = s.seqrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
    AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
WHERE c.relpersistence <> 't'
