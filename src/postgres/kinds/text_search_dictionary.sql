SELECT
    'pg_ts_dict'::regclass::oid AS classid, d.oid AS objid, 0 AS objsubid, d.dictowner AS owner, NULL::text[] AS acl,
    format('%I.%I', n.nspname, t.tmplname) AS template,
    ARRAY(
        SELECT format('%s = %s', o.piece[1], o.piece[2])
        FROM regexp_matches(
            d.dictinitoption, '("(?:[^"]|"")*"|[^", =]+) = (E?''(?:[^'']|'''')*''|[^'', ]+)', 'g')
            WITH ORDINALITY AS o (piece, place)
        ORDER BY o.place) AS options
FROM pg_ts_dict AS d
JOIN pg_ts_template AS t ON t.oid = d.dicttemplate
JOIN pg_namespace AS n ON n.oid = t.tmplnamespace
WHERE d.oid >= 16384
