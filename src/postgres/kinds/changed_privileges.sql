-- Objects of the server's own catalog, as far as the owner may hand them out, and members of extensions. Those of the
-- information schema are left alone, as pg_dump leaves them.
WITH object AS (
    SELECT c.tableoid AS class, c.oid AS id, 0 AS sub, c.relacl AS acl, c.relowner AS owner,
        CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS letter, c.relnamespace AS namespace
    FROM pg_class AS c
    UNION ALL
    SELECT c.tableoid, c.oid, a.attnum, a.attacl, c.relowner, 'c', c.relnamespace
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
    WHERE a.attacl IS NOT NULL
    UNION ALL
    SELECT tableoid, oid, 0, proacl, proowner, 'f', pronamespace FROM pg_proc
    UNION ALL
    SELECT tableoid, oid, 0, typacl, typowner, 'T', typnamespace FROM pg_type
    UNION ALL
    SELECT tableoid, oid, 0, lanacl, lanowner, 'l', 'pg_catalog'::regnamespace FROM pg_language
    UNION ALL
    SELECT tableoid, oid, 0, nspacl, nspowner, 'n', oid FROM pg_namespace
    UNION ALL
    SELECT tableoid, oid, 0, fdwacl, fdwowner, 'F', NULL FROM pg_foreign_data_wrapper
    UNION ALL
    SELECT tableoid, oid, 0, srvacl, srvowner, 'S', NULL FROM pg_foreign_server
), differing AS MATERIALIZED (
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
), changed AS (
    -- Thousands of names are not spelled for nothing.
    SELECT d.*,
        CASE letter
            WHEN 's' THEN 'SEQUENCE ' || relation.name
            WHEN 'r' THEN 'TABLE ' || relation.name
            WHEN 'c' THEN 'TABLE ' || relation.name
            WHEN 'f' THEN 'ROUTINE ' || id::regprocedure
            WHEN 'T' THEN 'TYPE ' || id::regtype
            WHEN 'l' THEN (SELECT format('LANGUAGE %I', lanname) FROM pg_language WHERE oid = id)
            WHEN 'n' THEN 'SCHEMA ' || id::regnamespace
            WHEN 'F' THEN (SELECT format('FOREIGN DATA WRAPPER %I', fdwname) FROM pg_foreign_data_wrapper WHERE oid = id)
            WHEN 'S' THEN (SELECT format('FOREIGN SERVER %I', srvname) FROM pg_foreign_server WHERE oid = id)
        END AS target,
        CASE letter
            WHEN 'c' THEN (SELECT format(' (%I)', attname) FROM pg_attribute WHERE attrelid = id AND attnum = sub)
            ELSE ''
        END AS columns
    FROM differing AS d
    LEFT JOIN LATERAL (
        SELECT format('%I.%I', n.nspname, c.relname) AS name
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.oid = d.id AND letter IN ('s', 'r', 'c')) AS relation ON true
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
    -- They go with their extension, and an update of that may bring what they are about.
    e.location AS needs, e.location AS goes_with,
    ARRAY(
        SELECT e.part FROM (SELECT DISTINCT grantee FROM aclexplode(c.now) WHERE grantee <> 0) AS a,
        unnest(ARRAY['pg_authid'::regclass::bigint, a.grantee::bigint, 0]) WITH ORDINALITY AS e (part, place)
        ORDER BY a.grantee, e.place) AS mentions,
    ARRAY(
        SELECT CASE WHEN s.grants THEN format('GRANT %s TO %s%s', what, role, option)
            ELSE format('REVOKE %s FROM %s', what, role) END
        FROM statement AS s WHERE (s.class, s.id, s.sub) = (c.class, c.id, c.sub) ORDER BY s.grants, 1) AS made,
    ARRAY(
        SELECT CASE WHEN s.grants THEN format('REVOKE %s FROM %s', what, role)
            ELSE format('GRANT %s TO %s%s', what, role, option) END
        FROM statement AS s WHERE (s.class, s.id, s.sub) = (c.class, c.id, c.sub) ORDER BY s.grants DESC, 1) AS undone
FROM changed AS c
LEFT JOIN LATERAL (SELECT ARRAY['pg_extension'::regclass::bigint, c.extension::bigint, 0] AS location) AS e
    ON c.extension IS NOT NULL
WHERE EXISTS (SELECT FROM statement AS s WHERE (s.class, s.id, s.sub) = (c.class, c.id, c.sub))
