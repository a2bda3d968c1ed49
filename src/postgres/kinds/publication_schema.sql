-- PostgreSQL 14 lacks the catalog, so it is read through the edges that its rows have: then there are none.
SELECT
    a.classid, a.objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    quote_ident(p.pubname) AS publication,
    quote_ident(n.nspname) AS schema
FROM pg_depend AS a
JOIN pg_publication AS p ON a.refclassid = p.tableoid AND a.refobjid = p.oid
JOIN pg_depend AS b ON (b.classid, b.objid) = (a.classid, a.objid)
JOIN pg_namespace AS n ON b.refclassid = n.tableoid AND b.refobjid = n.oid
WHERE a.classid = to_regclass('pg_catalog.pg_publication_namespace')
