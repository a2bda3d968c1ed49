SELECT
    'pg_inherits'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'partition' AS class, ARRAY[n.nspname, c.relname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, c.relname) AS identity,
    c.tableoid AS dependent_class, c.oid AS dependent_id, 0 AS dependent_sub,
    p.tableoid AS required_class, p.oid AS required_id, 0 AS required_sub,
    -- What the parent has, the child must have before it is tied.
    ARRAY(
        SELECT x FROM pg_attribute AS a, unnest(ARRAY[c.tableoid::bigint, c.oid::bigint, a.attnum::bigint]) AS x
        WHERE a.attrelid = c.oid AND a.attinhcount > 0 AND NOT a.attisdropped
    ) || ARRAY(
        SELECT x FROM pg_constraint AS k, unnest(ARRAY[k.tableoid::bigint, k.oid::bigint, 0]) AS x
        WHERE k.conrelid = c.oid AND k.coninhcount > 0 AND k.contype = 'c') AS needs,
    format('%I.%I', m.nspname, p.relname) AS parent,
    pg_get_expr(c.relpartbound, c.oid) AS bounds,
    -- What tells rows apart by their hash knows the parent by a number that differs in every database.
    CASE WHEN d.condition NOT LIKE '%satisfies_hash_partition(%' THEN d.condition END AS condition
FROM pg_inherits AS i
JOIN pg_class AS c ON c.oid = i.inhrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS p ON p.oid = i.inhparent
JOIN pg_namespace AS m ON m.oid = p.relnamespace
CROSS JOIN LATERAL pg_get_partition_constraintdef(c.oid) AS d (condition)
WHERE c.relispartition AND c.relkind IN ('r', 'p', 'f') AND NOT (to_jsonb(i) ->> 'inhdetachpending' = 'true')
