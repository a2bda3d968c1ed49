SELECT
    'pg_publication_rel'::regclass::oid AS classid, r.oid AS objid, 0 AS objsubid,
    NULL::oid AS owner, NULL::text[] AS acl,
    quote_ident(p.pubname) AS publication,
    format('%I.%I', n.nspname, c.relname) AS "table",
    ARRAY(
        SELECT quote_ident(a.attname) FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum = ANY (newer.attributes)
        ORDER BY a.attname) AS columns,
    c.relkind <> 'p' AND EXISTS (SELECT FROM pg_inherits AS i WHERE i.inhparent = c.oid) AS has_children,
    newer.filter
FROM pg_publication_rel AS r
JOIN pg_publication AS p ON p.oid = r.prpubid
JOIN pg_class AS c ON c.oid = r.prrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
-- PostgreSQL 14 has neither: a name that is not found within means the NULL of that name without.
CROSS JOIN (SELECT NULL::int2vector AS prattrs, NULL::pg_node_tree AS prqual) AS older
CROSS JOIN LATERAL (
    SELECT prattrs AS attributes, pg_get_expr(prqual, s.prrelid) AS filter FROM (SELECT r.*) AS s) AS newer
