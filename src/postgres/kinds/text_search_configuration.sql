SELECT
    'pg_ts_config'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.cfgowner AS owner, NULL::text[] AS acl,
    format('%I.%I', n.nspname, p.prsname) AS parser,
    (SELECT coalesce(jsonb_object_agg(w.token, w.dictionaries), '{}') FROM (
        SELECT quote_ident(t.alias) AS token, jsonb_agg(m.mapdict::regdictionary::text ORDER BY m.mapseqno) AS dictionaries
        FROM pg_ts_config_map AS m
        JOIN ts_token_type(c.cfgparser) AS t ON t.tokid = m.maptokentype
        WHERE m.mapcfg = c.oid
        GROUP BY t.alias) AS w) AS mappings
FROM pg_ts_config AS c
JOIN pg_ts_parser AS p ON p.oid = c.cfgparser
JOIN pg_namespace AS n ON n.oid = p.prsnamespace
WHERE c.oid >= 16384
