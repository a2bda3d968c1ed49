SELECT
    'pg_statistic_ext'::regclass::oid AS classid, s.oid AS objid, 0 AS objsubid,
    s.stxowner AS owner, NULL::text[] AS acl,
    'statistics object' AS class, ARRAY[n.nspname, s.stxname]::text[] AS names, '{}'::text[] AS args,
    format('%I.%I', n.nspname, s.stxname) AS identity,
    printed.head || overlay(printed.tail PLACING columns.by_name
        FROM strpos(printed.tail, columns.by_place) FOR length(columns.by_place)) AS definition,
    nullif(s.stxstattarget::integer, -1) AS target
FROM pg_statistic_ext AS s
JOIN pg_namespace AS n ON n.oid = s.stxnamespace
JOIN pg_class AS c ON c.oid = s.stxrelid
-- The server keeps columns in the order of their table, which no statement changes.
CROSS JOIN LATERAL (
    SELECT
        ' ON ' || coalesce(string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), '') AS by_place,
        ' ON ' || coalesce(string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname), '') AS by_name
    FROM pg_attribute AS a
    WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)
) AS columns
CROSS JOIN LATERAL (
    SELECT left(d.definition, length(d.named)) AS head, substr(d.definition, length(d.named) + 1) AS tail
    FROM (SELECT
        pg_get_statisticsobjdef(s.oid) AS definition,
        format('CREATE STATISTICS %I.%I', n.nspname, s.stxname) AS named) AS d
) AS printed
WHERE c.relpersistence <> 't'
