SELECT
    'pg_class'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.relowner AS owner, c.relacl::text[] AS acl,
    ARRAY[format('relation %I.%I', n.nspname, c.relname), format('type %I.%I', n.nspname, c.relname)] AS occupies,
    quote_ident(s.srvname) AS server,
    ARRAY(SELECT o FROM unnest(t.ftoptions) AS o
        WHERE split_part(o, '=', 1) !~* {secret}
        ORDER BY o) AS options
FROM pg_foreign_table AS t
JOIN pg_class AS c ON c.oid = t.ftrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_foreign_server AS s ON s.oid = t.ftserver
