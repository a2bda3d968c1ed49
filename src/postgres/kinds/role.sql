-- Roles of the server, as everybody may see them: without passwords. The one that reads has to be able to make whatever
-- there is, and every private server begins with `postgres`, so neither can be what a schema says of it.
SELECT
    'pg_authid'::regclass::oid AS classid, r.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'role' AS class, ARRAY[r.rolname]::text[] AS names, '{}'::text[] AS args, quote_ident(r.rolname) AS identity,
    r.rolsuper AS superuser,
    r.rolinherit AS inherit,
    r.rolcreaterole AS create_role,
    r.rolcreatedb AS create_database,
    r.rolcanlogin AS login,
    r.rolreplication AS replication,
    r.rolbypassrls AS bypass_row_security,
    r.rolconnlimit AS connection_limit,
    -- Once there is a time, no statement takes it away again: for ever is the same.
    nullif(r.rolvaliduntil, 'infinity')::text AS valid_until
FROM pg_roles AS r
WHERE r.rolname !~ '^pg_' AND r.rolname NOT IN (current_user, 'postgres')
