SELECT
    'pg_rewrite'::regclass::oid AS classid, r.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'rule' AS class, ARRAY[n.nspname, c.relname, r.rulename]::text[] AS names, '{}'::text[] AS args,
    format('%I on %I.%I', r.rulename, n.nspname, c.relname) AS identity,
    format('%I.%I', n.nspname, c.relname) AS "table",
    quote_ident(r.rulename) AS name,
    rtrim(pg_get_ruledef(r.oid), ';') AS definition,
    r.ev_enabled AS enabled
FROM pg_rewrite AS r
JOIN pg_class AS c ON c.oid = r.ev_class
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND c.relpersistence <> 't' AND r.oid >= 16384
