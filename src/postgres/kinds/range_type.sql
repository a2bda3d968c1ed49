SELECT
    'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, t.typowner AS owner, t.typacl::text[] AS acl,
    'type' AS class, ARRAY[format('%I.%I', n.nspname, t.typname)] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, t.typname) AS identity,
    ARRAY[format('type %I.%I', n.nspname, t.typname), format('type %I.%I', mn.nspname, mt.typname)] AS occupies,
    n.nspname::text AS schema,
    t.typname::text AS name,
    format_type(r.rngsubtype, NULL) AS subtype,
    CASE WHEN NOT o.opcdefault THEN format('%I.%I', x.nspname, o.opcname) END AS operator_class,
    CASE WHEN r.rngcollation <> s.typcollation THEN (
        SELECT format('%I.%I', m.nspname, l.collname) FROM pg_collation AS l
        JOIN pg_namespace AS m ON m.oid = l.collnamespace WHERE l.oid = r.rngcollation) END AS collation,
    (SELECT format('%I.%I', m.nspname, p.proname) FROM pg_proc AS p
        JOIN pg_namespace AS m ON m.oid = p.pronamespace WHERE p.oid = r.rngcanonical) AS canonical,
    (SELECT format('%I.%I', m.nspname, p.proname) FROM pg_proc AS p
        JOIN pg_namespace AS m ON m.oid = p.pronamespace WHERE p.oid = r.rngsubdiff) AS difference,
    mn.nspname::text AS multirange_schema,
    mt.typname::text AS multirange,
    f.constructor,
    f.multirange_constructor
FROM pg_range AS r
JOIN pg_type AS t ON t.oid = r.rngtypid
JOIN pg_namespace AS n ON n.oid = t.typnamespace
JOIN pg_type AS s ON s.oid = r.rngsubtype
JOIN pg_opclass AS o ON o.oid = r.rngsubopc
JOIN pg_namespace AS x ON x.oid = o.opcnamespace
JOIN pg_type AS mt ON mt.oid = r.rngmultitypid
JOIN pg_namespace AS mn ON mn.oid = mt.typnamespace
CROSS JOIN LATERAL (
    SELECT
        min(ARRAY[m.nspname, p.proname]::text[]) FILTER (WHERE d.refobjid = t.oid) AS constructor,
        min(ARRAY[m.nspname, p.proname]::text[]) FILTER (WHERE d.refobjid = mt.oid) AS multirange_constructor
    FROM pg_depend AS d
    JOIN pg_proc AS p ON d.classid = p.tableoid AND p.oid = d.objid
    JOIN pg_namespace AS m ON m.oid = p.pronamespace
    WHERE d.refclassid = t.tableoid AND d.refobjid IN (t.oid, mt.oid) AND d.deptype = 'i') AS f
WHERE n.nspname !~ '^pg_temp_'
