SELECT
    'pg_collation'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.collowner AS owner, NULL::text[] AS acl,
    CASE c.collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'default' END AS provider,
    c.collisdeterministic AS deterministic,
    coalesce(x ->> 'colliculocale', x ->> 'colllocale', c.collcollate) AS locale,
    CASE WHEN c.collprovider = 'c' THEN c.collctype ELSE '' END AS ctype,
    x ->> 'collicurules' AS rules
FROM pg_collation AS c, to_jsonb(c) AS x
