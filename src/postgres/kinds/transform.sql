SELECT
    'pg_transform'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    format('FOR %s LANGUAGE %I', format_type(t.trftype, NULL), l.lanname) AS target,
    CASE WHEN t.trffromsql <> 0 THEN t.trffromsql::oid::regprocedure::text END AS from_sql,
    CASE WHEN t.trftosql <> 0 THEN t.trftosql::oid::regprocedure::text END AS to_sql
FROM pg_transform AS t
JOIN pg_language AS l ON l.oid = t.trflang
