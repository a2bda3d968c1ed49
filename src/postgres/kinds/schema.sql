SELECT
    'pg_namespace'::regclass::oid AS classid, n.oid AS objid, 0 AS objsubid, n.nspowner AS owner, n.nspacl::text[] AS acl
FROM pg_namespace AS n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
