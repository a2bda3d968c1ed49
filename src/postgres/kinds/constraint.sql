SELECT
    'pg_constraint'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'table constraint' AS class, ARRAY[n.nspname, r.relname, c.conname]::text[] AS names, '{}'::text[] AS args,
    format('%I on %I.%I', c.conname, n.nspname, r.relname) AS identity,
    CASE WHEN c.contype IN ('p', 'u', 'x') THEN ARRAY[format('relation %I.%I', n.nspname, c.conname)] ELSE '{}' END
        AS occupies,
    CASE WHEN c.contype IN ('p', 'u', 'x') THEN ARRAY(
        SELECT x FROM (
            -- What its index needs, which cannot go without it.
            SELECT d.refclassid, d.refobjid, d.refobjsubid FROM pg_depend AS d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.conindid AND d.deptype = 'n'
            -- While it lacks one of a partition, tying a partition would make another: all partitions are tied before.
            UNION ALL SELECT 'pg_inherits'::regclass, h.inhrelid, 0 FROM pg_inherits AS h
            JOIN pg_index AS i ON i.indexrelid = c.conindid AND NOT i.indisvalid
            WHERE h.inhparent = r.oid AND r.relkind = 'p') AS needed (class, id, sub),
            unnest(ARRAY[class::bigint, id::bigint, sub]) AS x) END AS needs,
    format('%I.%I', n.nspname, r.relname) AS "table",
    quote_ident(c.conname) AS name,
    c.contype AS type,
    r.relkind = 'p' AS partitioned,
    CASE WHEN c.convalidated THEN pg_get_constraintdef(c.oid)
        ELSE regexp_replace(pg_get_constraintdef(c.oid), ' NOT VALID$', '') END AS definition,
    -- Whether a child has validated what it has from its parents alone depends on what came first, and pg_dump does not say
    -- it but of partitions: it is taken from the nearest that state the check. One that has validated it has only children
    -- that have. Where none states it, as a damaged catalog may have it, its own word counts.
    coalesce(CASE WHEN c.contype = 'c' AND c.coninhcount > 0 AND NOT c.conislocal AND NOT r.relispartition THEN (
        WITH RECURSIVE origins AS (
            SELECT c.conrelid, c.convalidated, c.conislocal
            UNION SELECT p.conrelid, p.convalidated, p.conislocal FROM origins AS o
            JOIN pg_inherits AS i ON i.inhrelid = o.conrelid
            JOIN pg_constraint AS p ON p.conrelid = i.inhparent AND p.conname = c.conname AND p.contype = 'c'
                AND NOT p.connoinherit
            WHERE NOT o.conislocal)
        SELECT bool_or(o.convalidated) FROM origins AS o WHERE o.conislocal) END, c.convalidated) AS validated,
    c.conislocal AS local,
    c.contype = 'f' AND coalesce((to_jsonb(c) ->> 'conperiod')::boolean, false) AS period,
    CASE WHEN c.contype = 'c' AND c.coninhcount > 0 AND NOT c.conislocal THEN ARRAY(
        SELECT x FROM pg_inherits AS i
        JOIN pg_constraint AS p ON p.conrelid = i.inhparent AND p.conname = c.conname AND p.contype = 'c',
            unnest(ARRAY[p.oid::bigint, 0]) AS x
        WHERE i.inhrelid = r.oid)
        WHEN c.contype = 'x' AND c.conparentid <> 0 THEN ARRAY[c.conparentid::bigint, 0] END AS inherited_from,
    -- The server ties no exclusion constraints that are there already: a partition gets its own when it is tied.
    CASE WHEN c.contype = 'x' AND c.conparentid <> 0 THEN ARRAY['pg_inherits'::regclass::bigint, r.oid::bigint, 0]
        END AS goes_with
FROM pg_constraint AS c
JOIN pg_class AS r ON r.oid = c.conrelid
JOIN pg_namespace AS n ON n.oid = r.relnamespace
WHERE c.contype IN ('c', 'p', 'u', 'f', 'x') AND r.relpersistence <> 't'
    AND (c.contype <> 'f' OR c.conparentid = 0)
