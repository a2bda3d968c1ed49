-- Objects of the server's own catalog, as far as the owner may hand them out, and members of extensions. Those of the
-- information schema are left alone, as pg_dump leaves them.
WITH object AS (
    SELECT c.tableoid AS class, c.oid AS id, 0 AS sub, c.relacl AS acl, c.relowner AS owner,
        CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS letter, c.relnamespace AS namespace, '' AS columns,
        format('%s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname) AS target
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    UNION ALL
    SELECT c.tableoid, c.oid, a.attnum, a.attacl, c.relowner, 'c', c.relnamespace, format(' (%I)', a.attname),
        format('TABLE %I.%I', n.nspname, c.relname)
    FROM pg_attribute AS a
    JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL
    UNION ALL
    SELECT p.tableoid, p.oid, 0, p.proacl, p.proowner, 'f', p.pronamespace, '',
        'ROUTINE ' || p.oid::regprocedure
    FROM pg_proc AS p
    UNION ALL
    SELECT t.tableoid, t.oid, 0, t.typacl, t.typowner, 'T', t.typnamespace, '', 'TYPE ' || t.oid::regtype
    FROM pg_type AS t
    UNION ALL
    SELECT l.tableoid, l.oid, 0, l.lanacl, l.lanowner, 'l', 'pg_catalog'::regnamespace, '',
        format('LANGUAGE %I', l.lanname)
    FROM pg_language AS l
    UNION ALL
    SELECT n.tableoid, n.oid, 0, n.nspacl, n.nspowner, 'n', n.oid, '', format('SCHEMA %I', n.nspname)
    FROM pg_namespace AS n
    UNION ALL
    SELECT f.tableoid, f.oid, 0, f.fdwacl, f.fdwowner, 'F', NULL, '', format('FOREIGN DATA WRAPPER %I', f.fdwname)
    FROM pg_foreign_data_wrapper AS f
    UNION ALL
    SELECT s.tableoid, s.oid, 0, s.srvacl, s.srvowner, 'S', NULL, '', format('FOREIGN SERVER %I', s.srvname)
    FROM pg_foreign_server AS s
), changed AS (
    -- Before 16 the server refuses to take an empty list apart.
    SELECT o.*, e.refobjid AS extension,
        CASE WHEN cardinality(o.acl) = 0 THEN NULL ELSE coalesce(o.acl, acldefault(o.letter::"char", o.owner)) END AS now,
        CASE WHEN cardinality(i.initprivs) = 0 THEN NULL
            ELSE coalesce(i.initprivs, acldefault(o.letter::"char", o.owner)) END AS first
    FROM object AS o
    LEFT JOIN pg_init_privs AS i ON i.classoid = o.class AND i.objoid = o.id AND i.objsubid = o.sub
    LEFT JOIN pg_depend AS e ON e.classid = o.class AND e.objid = o.id AND e.objsubid = 0 AND e.deptype = 'e'
    WHERE o.acl IS DISTINCT FROM i.initprivs
        AND (e.refobjid IS NOT NULL OR o.id < 16384 AND o.namespace = 'pg_catalog'::regnamespace)
), statement AS (
    SELECT c.class, c.id, c.sub, grants,
        format('%s%s ON %s', a.privilege_type, c.columns, c.target) AS what,
        coalesce(quote_ident(pg_get_userbyid(nullif(a.grantee, 0))), 'PUBLIC') AS role,
        CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS option
    FROM changed AS c, unnest(ARRAY[false, true]) AS grants,
    LATERAL (
        SELECT grantee, privilege_type, is_grantable FROM aclexplode(CASE WHEN grants THEN c.now ELSE c.first END)
        EXCEPT
        SELECT grantee, privilege_type, is_grantable FROM aclexplode(CASE WHEN grants THEN c.first ELSE c.now END)
    ) AS a
)
SELECT
    'pg_init_privs'::regclass::oid AS classid, c.id AS objid, (c.class::bigint % 4096 * 4096 + c.sub)::integer AS objsubid,
    NULL::oid AS owner, NULL::text[] AS acl,
    'changed privileges' AS class, ARRAY[c.target, c.columns]::text[] AS names, '{}'::text[] AS args,
    c.target || c.columns AS identity,
    CASE WHEN c.extension IS NOT NULL THEN ARRAY['pg_extension'::regclass::bigint, c.extension::bigint, 0] END AS needs,
    ARRAY(
        SELECT CASE WHEN s.grants THEN format('GRANT %s TO %s%s', what, role, option)
            ELSE format('REVOKE %s FROM %s', what, role) END
        FROM statement AS s WHERE (s.class, s.id, s.sub) = (c.class, c.id, c.sub) ORDER BY s.grants, 1) AS made,
    ARRAY(
        SELECT CASE WHEN s.grants THEN format('REVOKE %s FROM %s', what, role)
            ELSE format('GRANT %s TO %s%s', what, role, option) END
        FROM statement AS s WHERE (s.class, s.id, s.sub) = (c.class, c.id, c.sub) ORDER BY s.grants DESC, 1) AS undone
FROM changed AS c
WHERE EXISTS (SELECT FROM statement AS s WHERE (s.class, s.id, s.sub) = (c.class, c.id, c.sub))
