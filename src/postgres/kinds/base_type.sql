SELECT
    'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, t.typowner AS owner, t.typacl::text[] AS acl,
    ARRAY[format('type %I.%I', n.nspname, t.typname)] AS occupies,
    n.nspname::text AS schema,
    t.typname::text AS name,
    t.typinput::text AS input,
    t.typoutput::text AS output,
    nullif(t.typreceive::text, '-') AS receive,
    nullif(t.typsend::text, '-') AS send,
    nullif(t.typmodin::text, '-') AS modifier_input,
    nullif(t.typmodout::text, '-') AS modifier_output,
    nullif(t.typanalyze::text, '-') AS analyze,
    nullif(t.typsubscript::text, '-') AS subscript,
    t.typlen AS length,
    t.typbyval AS by_value,
    CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END AS alignment,
    CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END AS storage,
    t.typcategory AS category,
    t.typispreferred AS preferred,
    t.typdefault AS default,
    CASE WHEN t.typelem <> 0 THEN format_type(t.typelem, NULL) END AS element,
    t.typdelim AS delimiter,
    t.typcollation <> 0 AS collatable
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
WHERE t.typtype = 'b' AND t.typisdefined AND t.oid >= 16384
    AND NOT EXISTS (SELECT FROM pg_type AS e WHERE e.typarray = t.oid)
