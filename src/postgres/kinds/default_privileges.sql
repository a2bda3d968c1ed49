SELECT
    'pg_default_acl'::regclass::oid AS classid, d.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    quote_ident(pg_get_userbyid(d.defaclrole)) AS role,
    quote_ident(n.nspname) AS schema,
    d.defaclobjtype AS class_letter,
    CASE WHEN cardinality(d.defaclacl) = 0 THEN '[]' ELSE (
        SELECT jsonb_agg(jsonb_build_array(
            coalesce(quote_ident(pg_get_userbyid(nullif(a.grantee, 0))), 'PUBLIC'), a.privilege_type, a.is_grantable)
            ORDER BY a.grantee = 0 DESC, pg_get_userbyid(a.grantee), a.privilege_type)
        FROM aclexplode(d.defaclacl) AS a) END AS granted,
    CASE WHEN d.defaclnamespace <> 0 THEN '[]' ELSE (
        SELECT coalesce(jsonb_agg(jsonb_build_array(
            coalesce(quote_ident(pg_get_userbyid(nullif(a.grantee, 0))), 'PUBLIC'), a.privilege_type, a.is_grantable)), '[]')
        FROM aclexplode(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) AS a)
        END AS builtin
FROM pg_default_acl AS d
LEFT JOIN pg_namespace AS n ON n.oid = d.defaclnamespace
