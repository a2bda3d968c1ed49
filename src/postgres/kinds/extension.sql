SELECT
    'pg_extension'::regclass::oid AS classid, e.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'extension' AS class, ARRAY[e.extname]::text[] AS names, '{}'::text[] AS args,
    quote_ident(e.extname) AS identity,
    quote_ident(n.nspname) AS schema,
    e.extversion AS version,
    e.extversion AS installed,
    e.extrelocatable AS relocatable,
    e.extversion IS NOT DISTINCT FROM a.default_version AS default_version,
    a.comment AS born_comment,
    e.extconfig IS NOT NULL AS holds_rows,
    CASE WHEN e.extversion = a.default_version THEN '{}' ELSE ARRAY(
        SELECT unnest(ARRAY[u.source, u.target]) FROM pg_extension_update_paths(e.extname) AS u
        WHERE e.extversion IN (u.source, u.target) AND u.path IS NOT NULL) END AS update_paths
FROM pg_extension AS e
JOIN pg_namespace AS n ON n.oid = e.extnamespace
LEFT JOIN pg_available_extensions AS a ON a.name = e.extname
WHERE e.oid >= 16384
