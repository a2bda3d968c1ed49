-- What is asked once for every kind, around the kind's own query: name and privileges. Roles come as oids.
-- What stands in braces is filled in by introspect/queries.rs.
SELECT
    k.*,
    {names}
    CASE WHEN cardinality(k.acl) = 0 THEN '[]' WHEN k.acl IS NOT NULL THEN (
        SELECT jsonb_agg(jsonb_build_array(a.grantee::bigint, a.privilege_type, a.is_grantable, a.grantor::bigint))
        FROM aclexplode(k.acl::aclitem[]) AS a)
    END AS privileges
FROM (
{query}
) AS k
{naming}
WHERE k.objid >= 16384 OR k.classid IN ('pg_namespace'::regclass, 'pg_init_privs'::regclass, 'pg_db_role_setting'::regclass,
    'pg_authid'::regclass, 'pg_auth_members'::regclass)
