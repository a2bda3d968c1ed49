SELECT
    'pg_am'::regclass::oid AS classid, a.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END AS stores,
    (SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE p.oid = a.amhandler) AS handler
FROM pg_am AS a
