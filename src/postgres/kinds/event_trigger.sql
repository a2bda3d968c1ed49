SELECT
    'pg_event_trigger'::regclass::oid AS classid, e.oid AS objid, 0 AS objsubid,
    e.evtowner AS owner, NULL::text[] AS acl,
    e.evtevent::text AS event,
    coalesce(e.evttags, '{}') AS tags,
    format('%I.%I', n.nspname, p.proname) AS function,
    e.evtenabled AS enabled
FROM pg_event_trigger AS e
JOIN pg_proc AS p ON p.oid = e.evtfoid
JOIN pg_namespace AS n ON n.oid = p.pronamespace
