SELECT
    'pg_inherits'::regclass::oid AS classid, c.oid AS objid, i.inhseqno AS objsubid,
    NULL::oid AS owner, NULL::text[] AS acl,
    'inheritance' AS class, ARRAY[n.nspname, c.relname, m.nspname, p.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, c.relname) AS identity,
    c.tableoid AS dependent_class, c.oid AS dependent_id, 0 AS dependent_sub,
    p.tableoid AS required_class, p.oid AS required_id, 0 AS required_sub,
    -- What this parent has, the child must have before it is tied.
    ARRAY(
        SELECT x FROM pg_attribute AS a, unnest(ARRAY[c.tableoid::bigint, c.oid::bigint, a.attnum::bigint]) AS x
        WHERE a.attrelid = c.oid AND a.attinhcount > 0 AND NOT a.attisdropped AND EXISTS (
            SELECT FROM pg_attribute AS o WHERE o.attrelid = p.oid AND o.attname = a.attname AND NOT o.attisdropped)
    ) || ARRAY(
        SELECT x FROM pg_constraint AS k, unnest(ARRAY[k.tableoid::bigint, k.oid::bigint, 0]) AS x
        WHERE k.conrelid = c.oid AND k.coninhcount > 0 AND k.contype = 'c' AND EXISTS (
            SELECT FROM pg_constraint AS o WHERE o.conrelid = p.oid AND o.conname = k.conname AND o.contype = 'c')) AS needs,
    format('%I.%I', m.nspname, p.relname) AS parent
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS p ON p.oid = i.inhparent
JOIN pg_namespace AS m ON m.oid = p.relnamespace
WHERE NOT c.relispartition AND c.relkind IN ('r', 'f')
