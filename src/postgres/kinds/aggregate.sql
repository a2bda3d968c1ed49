SELECT
    'pg_proc'::regclass::oid AS classid, p.oid AS objid, 0 AS objsubid, p.proowner AS owner, p.proacl::text[] AS acl,
    ARRAY[format('routine %I.%I(%s)', n.nspname, p.proname, s.types)] AS occupies,
    format('%I.%I(%s)', n.nspname, p.proname, coalesce(s.types, '*')) AS signature,
    format('%I.%I', n.nspname, p.proname) AS name,
    coalesce(nullif(pg_get_function_arguments(p.oid), ''), '*') AS arguments,
    format_type(p.prorettype, NULL) AS returns,
    CASE WHEN p.proargnames IS NULL THEN '{}' ELSE ARRAY(
        SELECT coalesce(a.name, '') FROM unnest(p.proargnames) WITH ORDINALITY AS a (name, place) ORDER BY a.place)
        END AS inputs,
    a.aggkind AS nature,
    a.aggnumdirectargs::integer AS direct_arguments,
    p.proparallel AS parallel,
    a.aggtransfn::text AS transition,
    format_type(a.aggtranstype, NULL) AS state,
    a.aggtransspace AS space,
    nullif(a.aggfinalfn::text, '-') AS final,
    a.aggfinalextra AS final_extra,
    a.aggfinalmodify AS final_modify,
    nullif(a.aggcombinefn::text, '-') AS combine,
    nullif(a.aggserialfn::text, '-') AS serialize,
    nullif(a.aggdeserialfn::text, '-') AS deserialize,
    a.agginitval AS initial,
    nullif(a.aggmtransfn::text, '-') AS moving_transition,
    nullif(a.aggminvtransfn::text, '-') AS moving_inverse,
    CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END AS moving_state,
    a.aggmtransspace AS moving_space,
    nullif(a.aggmfinalfn::text, '-') AS moving_final,
    a.aggmfinalextra AS moving_final_extra,
    a.aggmfinalmodify AS moving_final_modify,
    a.aggminitval AS moving_initial,
    (SELECT format('OPERATOR(%I.%s)', m.nspname, o.oprname)
        FROM pg_operator AS o JOIN pg_namespace AS m ON m.oid = o.oprnamespace WHERE o.oid = a.aggsortop)
        AS sort_operator
FROM pg_aggregate AS a
JOIN pg_proc AS p ON p.oid = a.aggfnoid
JOIN pg_namespace AS n ON n.oid = p.pronamespace
CROSS JOIN LATERAL (
    SELECT string_agg(format_type(a.type, NULL), ', ' ORDER BY a.place) AS types
    FROM unnest(p.proargtypes) WITH ORDINALITY AS a (type, place)) AS s
WHERE n.nspname !~ '^pg_' AND p.oid >= 16384
