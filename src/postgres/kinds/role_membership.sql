-- Which roles a role is a member of. What several have granted counts together; by whom is not compared, but whoever takes
-- it away must name those that the server would not think of: from PostgreSQL 16 on, each grants for himself.
SELECT
    'pg_auth_members'::regclass::oid AS classid, coalesce(g.first, g.member) AS objid,
    CASE WHEN g.first IS NULL THEN row_number() OVER (PARTITION BY g.member ORDER BY r.rolname) ELSE 0 END::integer AS objsubid,
    NULL::oid AS owner, NULL::text[] AS acl,
    'role membership' AS class, ARRAY[m.rolname, r.rolname]::text[] AS names, '{}'::text[] AS args,
    format('%I in %I', m.rolname, r.rolname) AS identity,
    ARRAY['pg_authid'::regclass::bigint, g.member::bigint, 0] AS goes_with,
    ARRAY['pg_authid'::regclass::bigint, g.roleid::bigint, 0] AS needs,
    g.mentions,
    quote_ident(m.rolname) AS member,
    quote_ident(r.rolname) AS role,
    g.admin,
    g.inherit,
    g.set,
    coalesce(g.grantors, '{}') AS grantors
FROM (
    SELECT a.roleid, a.member,
        -- Before 16 a row has no number.
        min((to_jsonb(a) ->> 'oid')::bigint)::oid AS first,
        bool_or(a.admin_option) AS admin,
        bool_or((to_jsonb(a) ->> 'inherit_option')::boolean) AS inherit,
        bool_or((to_jsonb(a) ->> 'set_option')::boolean) AS set,
        array_agg(quote_ident(by.rolname) ORDER BY by.rolname) FILTER (WHERE told) AS grantors,
        -- Whoever grants needs to be a member, too.
        string_to_array(string_agg(format('%s,%s,0,%s,%s,0', 'pg_authid'::regclass::oid, by.oid, a.tableoid, (
            SELECT min((to_jsonb(own) ->> 'oid')::bigint) FROM pg_auth_members AS own
            WHERE own.roleid = a.roleid AND own.member = a.grantor)), ',') FILTER (WHERE told), ',')::bigint[] AS mentions
    FROM pg_auth_members AS a
    LEFT JOIN pg_roles AS by ON by.oid = a.grantor,
    -- What a superuser grants is granted by the first one of the server.
    LATERAL (SELECT to_jsonb(a) ? 'set_option' AND by.oid <> 10 AND by.rolname <> current_user AS told) AS t
    GROUP BY a.roleid, a.member
) AS g
JOIN pg_roles AS m ON m.oid = g.member
JOIN pg_roles AS r ON r.oid = g.roleid
WHERE m.rolname !~ '^pg_' AND m.rolname NOT IN (current_user, 'postgres')
