SELECT
    'pg_sequence'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'sequence ownership' AS class, ARRAY[n.nspname, c.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, c.relname) AS identity,
    c.tableoid AS dependent_class, c.oid AS dependent_id, 0 AS dependent_sub,
    d.refclassid AS required_class, d.refobjid AS required_id, d.refobjsubid AS required_sub,
    format('%I.%I', m.nspname, t.relname) AS "table",
    quote_ident(a.attname) AS "column"
FROM pg_depend AS d
JOIN pg_class AS c ON c.oid = d.objid AND c.relkind = 'S'
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS t ON t.oid = d.refobjid
JOIN pg_namespace AS m ON m.oid = t.relnamespace
JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.objsubid = 0
    AND d.refobjsubid > 0 AND d.deptype = 'a' AND c.relpersistence <> 't'
