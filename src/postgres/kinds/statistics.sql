SELECT
    'pg_statistic_ext'::regclass::oid AS classid, s.oid AS objid, 0 AS objsubid,
    s.stxowner AS owner, NULL::text[] AS acl,
    'statistics object' AS class, ARRAY[n.nspname, s.stxname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, s.stxname) AS identity,
    pg_get_statisticsobjdef(s.oid) AS definition,
    nullif(s.stxstattarget::integer, -1) AS target
FROM pg_statistic_ext AS s
JOIN pg_namespace AS n ON n.oid = s.stxnamespace
JOIN pg_class AS c ON c.oid = s.stxrelid
WHERE c.relpersistence <> 't'
