SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, a.attnum::integer AS objsubid, NULL::oid AS owner, a.attacl::text[] AS acl,
    c.relowner AS table_owner,
    'table column' AS class, ARRAY[n.nspname, c.relname, a.attname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I.%I', n.nspname, c.relname, a.attname) AS identity,
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
    a.attidentity AS identity_kind,
    CASE WHEN a.attgenerated <> '' THEN (
        SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef AS d
        WHERE d.adrelid = c.oid AND d.adnum = a.attnum) END AS generated,
    a.attgenerated = 'v' AS virtual,
    CASE WHEN a.attstorage <> y.typstorage THEN a.attstorage END AS storage,
    y.typstorage AS type_storage,
    a.attcompression AS compression,
    coalesce(a.attstattarget::integer, -1) AS statistics,
    coalesce(a.attoptions, '{}') AS options,
    c.relkind = 'p' AND EXISTS (
        SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
            AND d.objsubid = a.attnum AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
            AND d.refobjsubid = 0 AND d.deptype = 'i') AS partition_key,
    a.attislocal AS local,
    a.attinhcount > 0 AS inherited,
    CASE WHEN c.reloftype <> 0 THEN ARRAY(
        SELECT x FROM pg_type AS o
        JOIN pg_attribute AS p ON p.attrelid = o.typrelid AND p.attname = a.attname AND NOT p.attisdropped,
            unnest(ARRAY[p.attrelid::bigint, p.attnum::bigint]) AS x
        WHERE o.oid = c.reloftype)
    WHEN a.attinhcount > 0 THEN ARRAY(
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
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attrelid >= 16384
