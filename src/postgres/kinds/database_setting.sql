-- Settings of this database, and of roles in it.
SELECT
    'pg_db_role_setting'::regclass::oid AS classid, s.setrole AS objid, s.place AS objsubid,
    NULL::oid AS owner, NULL::text[] AS acl,
    'database setting' AS class, array_remove(ARRAY[s.name, s.rolname]::text[], NULL) AS names, '{}'::text[] AS args,
    s.name || coalesce(' of ' || quote_ident(s.rolname), '') AS identity,
    ARRAY['pg_authid'::regclass::bigint, s.setrole::bigint, 0] AS mentions,
    quote_ident(s.rolname) AS role,
    quote_ident(s.name) AS name,
    s.value
FROM setting AS s
WHERE s.setdatabase = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
