-- The view shows what the table hides from all but superusers.
SELECT
    'pg_user_mapping'::regclass::oid AS classid, m.umid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    format('%s SERVER %I', CASE WHEN m.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END, m.srvname) AS target,
    m.usename::text AS role,
    m.srvname::text AS server,
    ARRAY(SELECT o FROM unnest(m.umoptions) AS o
        WHERE split_part(o, '=', 1) !~* {secret}
        ORDER BY o) AS options,
    ARRAY(SELECT quote_ident(split_part(o, '=', 1)) FROM unnest(m.umoptions) AS o
        WHERE split_part(o, '=', 1) ~* {secret}
        ORDER BY 1) AS secrets
FROM pg_user_mappings AS m
