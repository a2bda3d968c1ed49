-- The server records what a default needs as the type's own needs: all but the schema, what the domain is made from, and
-- its collation, which stay needs of the domain.
SELECT
    'pg_type'::regclass::oid AS classid, t.oid AS objid, 1 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    'domain default' AS class, ARRAY[n.nspname, t.typname]::text[] AS names, '{}'::text[] AS args,
    format('for %I.%I', n.nspname, t.typname) AS identity,
    ARRAY(
        SELECT x FROM pg_depend AS d, unnest(ARRAY[d.refclassid::bigint, d.refobjid::bigint, d.refobjsubid]) AS x
        WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'n'
        AND (d.refclassid, d.refobjid) NOT IN (
            ('pg_type'::regclass, t.oid),
            ('pg_namespace'::regclass, t.typnamespace), ('pg_type'::regclass, t.typbasetype),
            ('pg_collation'::regclass, t.typcollation))) AS needs,
    format('%I.%I', n.nspname, t.typname) AS domain,
    pg_get_expr(t.typdefaultbin, 0) AS expression,
    EXISTS (
        SELECT FROM pg_depend AS d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
        AND d.refclassid = d.classid AND d.refobjid = d.objid) AS names_domain
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
WHERE t.typtype = 'd' AND t.typdefaultbin IS NOT NULL AND n.nspname !~ '^pg_temp_'
