-- Settings of roles in whatever database.
SELECT
    'pg_db_role_setting'::regclass::oid AS classid, s.setrole AS objid,
    -- Of the same role, those in this database have positive numbers.
    -s.place AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'role setting' AS class, ARRAY[s.rolname, s.name]::text[] AS names, '{}'::text[] AS args,
    s.name || ' of ' || quote_ident(s.rolname) AS identity,
    ARRAY['pg_authid'::regclass::bigint, s.setrole::bigint, 0] AS goes_with,
    quote_ident(s.rolname) AS role,
    quote_ident(s.name) AS name,
    s.value
FROM setting AS s
WHERE s.setdatabase = 0 AND s.rolname !~ '^pg_' AND s.rolname NOT IN (current_user, 'postgres')
