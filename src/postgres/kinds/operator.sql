-- Shells are no objects: what refers to them makes them.
SELECT
    'pg_operator'::regclass::oid AS classid, o.oid AS objid, 0 AS objsubid, o.oprowner AS owner, NULL::text[] AS acl,
    format('%I.%s', n.nspname, o.oprname) AS name,
    o.oprcode::text AS function,
    CASE WHEN o.oprleft <> 0 THEN format_type(o.oprleft, NULL) END AS left,
    format_type(o.oprright, NULL) AS right,
    (SELECT format('OPERATOR(%I.%s)', m.nspname, p.oprname)
        FROM pg_operator AS p JOIN pg_namespace AS m ON m.oid = p.oprnamespace WHERE p.oid = o.oprcom) AS commutator,
    (SELECT format('OPERATOR(%I.%s)', m.nspname, p.oprname)
        FROM pg_operator AS p JOIN pg_namespace AS m ON m.oid = p.oprnamespace WHERE p.oid = o.oprnegate) AS negator,
    nullif(o.oprrest::text, '-') AS restrict,
    nullif(o.oprjoin::text, '-') AS join,
    o.oprcanhash AS hashes,
    o.oprcanmerge AS merges,
    ARRAY(
        SELECT coalesce((pg_identify_object('pg_operator'::regclass, p.oid, 0)).identity, '')
        FROM unnest(ARRAY[o.oprcom, o.oprnegate]) WITH ORDINALITY AS r (id, place)
        LEFT JOIN pg_operator AS p ON p.oid = r.id ORDER BY r.place) AS partners,
    ARRAY(
        SELECT (pg_identify_object('pg_operator'::regclass, p.oid, 0)).identity
        FROM pg_operator AS p
        WHERE p.oid IN (o.oprcom, o.oprnegate) AND p.oprcode = 0 AND NOT EXISTS (
            SELECT FROM pg_operator AS q WHERE q.oid <> o.oid AND p.oid IN (q.oprcom, q.oprnegate))) AS shells
FROM pg_operator AS o
JOIN pg_namespace AS n ON n.oid = o.oprnamespace
WHERE o.oprcode <> 0 AND n.nspname !~ '^pg_temp_'
