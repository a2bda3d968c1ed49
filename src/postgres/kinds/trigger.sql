SELECT
    'pg_trigger'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'trigger' AS class, ARRAY[n.nspname, c.relname, t.tgname]::text[] AS names, '{}'::text[] AS args,
    format('%I on %I.%I', t.tgname, n.nspname, c.relname) AS identity,
    format('%I.%I', n.nspname, c.relname) AS "table",
    quote_ident(t.tgname) AS name,
    CASE WHEN t.tgparentid = 0 THEN pg_get_triggerdef(t.oid) END AS definition,
    t.tgconstraint <> 0 AS "constraint",
    t.tgenabled AS enabled,
    ARRAY(
        SELECT quote_ident(e.extname) FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_extension'::regclass
            AND d.deptype = 'x' ORDER BY 1) AS extensions,
    CASE WHEN t.tgparentid <> 0 THEN ARRAY(
        WITH RECURSIVE origin AS (
            SELECT t.tgparentid AS oid
            UNION ALL
            SELECT p.tgparentid FROM origin JOIN pg_trigger AS p ON p.oid = origin.oid WHERE p.tgparentid <> 0)
        SELECT x FROM origin, unnest(ARRAY[origin.oid::bigint, 0]) AS x) END AS inherited_from,
    -- A copy comes with the ties that lead to its parent.
    CASE WHEN t.tgparentid <> 0 THEN ARRAY(
        SELECT x FROM pg_partition_ancestors(c.oid) AS a JOIN pg_class AS p ON p.oid = a.relid AND p.relispartition,
            unnest(ARRAY['pg_inherits'::regclass::bigint, p.oid::bigint, 0]) AS x) END AS needs
FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_trigger AS o ON o.oid = t.tgparentid
LEFT JOIN pg_constraint AS k ON k.oid = t.tgconstraint
WHERE c.relpersistence <> 't' AND CASE
    WHEN t.tgparentid = 0 THEN NOT t.tgisinternal
    -- Before version 15 a partition's copy counts as internal too; a key's triggers are not our business.
    ELSE t.tgenabled <> o.tgenabled AND coalesce(k.contype, 't') = 't' END
