SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, a.attnum::integer AS objsubid, NULL::oid AS owner,
    a.attacl::text[] AS acl,
    c.relowner AS table_owner,
    format('%I.%I', n.nspname, c.relname) AS "table",
    quote_ident(a.attname) AS name,
    format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN a.attcollation <> y.typcollation THEN (
        SELECT format('%I.%I', m.nspname, l.collname) FROM pg_collation AS l
        JOIN pg_namespace AS m ON m.oid = l.collnamespace WHERE l.oid = a.attcollation) END AS collation,
    a.attnotnull AS not_null,
    CASE WHEN k.coninhcount > 0 OR k.connoinherit OR NOT k.convalidated OR d.description IS NOT NULL
        OR k.conname <> format('%s_%s_not_null', c.relname, a.attname)
        THEN jsonb_build_object(
            'name', CASE WHEN k.conname <> format('%s_%s_not_null', c.relname, a.attname) THEN quote_ident(k.conname) END,
            'inherited', k.coninhcount > 0, 'local', k.conislocal, 'no_inherit', k.connoinherit,
            'validated', k.convalidated, 'comment', d.description) END AS not_null_constraint,
    CASE WHEN a.attgenerated <> '' THEN (
        SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef AS d
        WHERE d.adrelid = c.oid AND d.adnum = a.attnum) END AS generated,
    a.attgenerated = 'v' AS virtual,
    CASE WHEN a.attstorage <> y.typstorage THEN a.attstorage END AS storage,
    y.typstorage AS type_storage,
    coalesce(a.attstattarget::integer, -1) AS statistics,
    coalesce(a.attoptions, '{}') AS attribute_options,
    ARRAY(SELECT o FROM unnest(a.attfdwoptions) AS o
        WHERE split_part(o, '=', 1) !~* {secret}
        ORDER BY o) AS options,
    a.attislocal AS local,
    a.attinhcount > 0 AS inherited,
    CASE WHEN a.attinhcount > 0 THEN ARRAY(
        SELECT x FROM pg_inherits AS i
        JOIN pg_attribute AS p ON p.attrelid = i.inhparent AND p.attname = a.attname AND NOT p.attisdropped,
            unnest(ARRAY[i.inhparent::bigint, p.attnum::bigint]) AS x
        WHERE i.inhrelid = c.oid AND NOT a.attislocal) END AS inherited_from
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_type AS y ON y.oid = a.atttypid
-- From PostgreSQL 18 on.
LEFT JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'n' AND k.conkey[1] = a.attnum
LEFT JOIN pg_description AS d ON d.objoid = k.oid AND d.classoid = k.tableoid
WHERE c.relkind = 'f' AND a.attnum > 0 AND NOT a.attisdropped
