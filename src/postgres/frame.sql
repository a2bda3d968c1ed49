-- What is asked once for every kind, around the kind's own query: name, owner, privileges.
-- What stands in braces is filled in by introspect.rs.
SELECT
    k.*,
    {names}
    o.rolname AS owner_name,
    CASE WHEN cardinality(k.acl) = 0 THEN '[]' WHEN k.acl IS NOT NULL THEN (
        SELECT coalesce(jsonb_agg(jsonb_build_array(
            coalesce(a.grantee = k.owner, false), r.rolname, a.privilege_type, a.is_grantable, g.rolname)), '[]')
        FROM aclexplode(k.acl::aclitem[]) AS a
        LEFT JOIN pg_roles AS r ON r.oid = a.grantee
        LEFT JOIN pg_roles AS g ON g.oid = a.grantor 
            -- Columns belong to whom their tables belong.
            AND a.grantor <> coalesce(k.owner, (to_jsonb(k) ->> 'table_owner')::oid)
    ) END AS privileges
FROM (
{query}
) AS k
{naming}
LEFT JOIN pg_roles AS o ON o.oid = k.owner
WHERE k.objid >= 16384 OR k.classid IN ('pg_namespace'::regclass, 'pg_init_privs'::regclass, 'pg_db_role_setting'::regclass)
ORDER BY k.objid, k.objsubid
