SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, a.attnum::integer AS objsubid, NULL::oid AS owner, a.attacl::text[] AS acl,
    c.relowner AS table_owner,
    CASE c.relkind WHEN 'v' THEN 'view column' ELSE 'materialized view column' END AS class,
    ARRAY[n.nspname, c.relname, a.attname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I.%I', n.nspname, c.relname, a.attname) AS identity,
    format('%I.%I', n.nspname, c.relname) AS view,
    quote_ident(a.attname) AS name,
    -- Of a view, it says what the type's was when the view was made.
    CASE WHEN c.relkind = 'm' AND a.attstorage <> y.typstorage THEN a.attstorage END AS storage,
    CASE c.relkind WHEN 'm' THEN y.typstorage END AS type_storage,
    a.attcompression AS compression,
    coalesce(a.attstattarget::integer, -1) AS statistics,
    coalesce(a.attoptions, '{}') AS options
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_type AS y ON y.oid = a.atttypid
WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attrelid >= 16384
