SELECT
    'pg_ts_template'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    nullif(t.tmplinit::text, '-') AS init,
    t.tmpllexize::text AS lexize
FROM pg_ts_template AS t
WHERE t.oid >= 16384
