SELECT
    'pg_opfamily'::regclass::oid AS classid, f.oid AS objid, 0 AS objsubid, f.opfowner AS owner, NULL::text[] AS acl
FROM pg_opfamily AS f
