-- Functions and procedures; each of the two kinds adds which of them it means.
SELECT
    'pg_proc'::regclass::oid AS classid, p.oid AS objid, 0 AS objsubid, p.proowner AS owner, p.proacl::text[] AS acl,
    -- A call that leaves out what has a default is ambiguous while another routine answers it too.
    ARRAY(
        SELECT format('routine %I.%I(%s)', n.nspname, p.proname, string_agg(format_type(a.type, NULL), ', ' ORDER BY a.place))
        FROM generate_series(p.pronargs - p.pronargdefaults::integer, p.pronargs::integer) AS given (arguments)
        LEFT JOIN unnest(p.proargtypes) WITH ORDINALITY AS a (type, place) ON a.place <= given.arguments
        GROUP BY given.arguments) AS occupies,
    -- Without modes, the types of a procedure may as well be those of another's arguments of all modes.
    format('%I.%I(%s)', n.nspname, p.proname, CASE WHEN p.prokind <> 'p' THEN s.types ELSE (
        SELECT string_agg(
            CASE a.mode WHEN 'o' THEN 'OUT ' WHEN 'b' THEN 'INOUT ' WHEN 'v' THEN 'VARIADIC ' ELSE 'IN ' END
            || format_type(a.type, NULL), ', ' ORDER BY a.place)
        FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes)
            WITH ORDINALITY AS a (type, mode, place)) END) AS signature,
    pg_get_functiondef(p.oid) AS definition,
    p.prokind AS nature,
    CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END || format_type(p.prorettype, NULL) AS returns,
    CASE WHEN p.proargnames IS NULL THEN '{}' ELSE ARRAY(
        SELECT coalesce(a.name, '') FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS a (name, mode, place)
        WHERE coalesce(a.mode, 'i') IN ('i', 'b', 'v') ORDER BY a.place) END AS inputs,
    CASE WHEN p.proargmodes IS NULL OR p.prorettype <> 'record'::regtype THEN '{}' ELSE ARRAY(
        SELECT format('%s %s', a.name, format_type(a.type, NULL))
        FROM unnest(p.proallargtypes, p.proargmodes, p.proargnames) WITH ORDINALITY AS a (type, mode, name, place)
        WHERE a.mode IN ('o', 'b', 't') ORDER BY a.place) END AS outputs,
    p.pronargdefaults::integer AS defaults,
    CASE WHEN p.pronargdefaults > 0 AND EXISTS (
        SELECT FROM pg_type AS y WHERE y.oid = ANY (p.proargtypes::oid[]) AND y.typtype = 'p')
        THEN pg_get_expr(p.proargdefaults, 0) END AS polymorphic_defaults,
    p.prosqlbody IS NULL AND l.lanname NOT IN ('c', 'internal') AS checked,
    ARRAY(
        SELECT quote_ident(e.extname) FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_extension'::regclass
            AND d.deptype = 'x' ORDER BY 1) AS extensions
FROM pg_proc AS p
JOIN pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_language AS l ON l.oid = p.prolang
CROSS JOIN LATERAL (
    SELECT string_agg(format_type(a.type, NULL), ', ' ORDER BY a.place) AS types
    FROM unnest(p.proargtypes) WITH ORDINALITY AS a (type, place)) AS s
WHERE n.nspname !~ '^pg_' AND p.oid >= 16384
    -- What a type or an extension makes for itself.
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('i', 'e'))
