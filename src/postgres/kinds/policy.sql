SELECT
    'pg_policy'::regclass::oid AS classid, p.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'policy' AS class, ARRAY[n.nspname, c.relname, p.polname]::text[] AS names, '{}'::text[] AS args,
    format('%I on %I.%I', p.polname, n.nspname, c.relname) AS identity,
    format('%I.%I', n.nspname, c.relname) AS "table",
    quote_ident(p.polname) AS name,
    p.polpermissive AS permissive,
    p.polcmd AS command,
    ARRAY(
        SELECT CASE WHEN role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END
        FROM unnest(p.polroles) AS role ORDER BY 1) AS roles,
    pg_get_expr(p.polqual, p.polrelid) AS using,
    pg_get_expr(p.polwithcheck, p.polrelid) AS with_check
FROM pg_policy AS p
JOIN pg_class AS c ON c.oid = p.polrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relpersistence <> 't'
