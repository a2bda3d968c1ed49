SELECT
    'pg_ts_parser'::regclass::oid AS classid, p.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    p.prsstart::text AS start,
    p.prstoken::text AS token,
    p.prsend::text AS "end",
    nullif(p.prsheadline::text, '-') AS headline,
    p.prslextype::text AS types
FROM pg_ts_parser AS p
WHERE p.oid >= 16384
