SELECT
    'pg_foreign_server'::regclass::oid AS classid, s.oid AS objid, 0 AS objsubid, s.srvowner AS owner,
    s.srvacl::text[] AS acl,
    quote_ident(w.fdwname) AS wrapper,
    s.srvtype AS type,
    s.srvversion AS version,
    ARRAY(SELECT o FROM unnest(s.srvoptions) AS o
        WHERE split_part(o, '=', 1) !~* {secret}
        ORDER BY o) AS options
FROM pg_foreign_server AS s
JOIN pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
