SELECT
    'pg_opclass'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.opcowner AS owner, NULL::text[] AS acl,
    format('%I.%I', n.nspname, c.opcname) AS name,
    quote_ident(a.amname) AS method,
    c.opcdefault AS default,
    format_type(c.opcintype, NULL) AS type,
    format('%I.%I', m.nspname, f.opfname) AS family,
    CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) END AS storage,
    ARRAY(
        SELECT format('OPERATOR %s %s%s', p.amopstrategy, p.amopopr::regoperator, (
            SELECT format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
            FROM pg_opfamily AS s JOIN pg_namespace AS sn ON sn.oid = s.opfnamespace WHERE s.oid = p.amopsortfamily))
        FROM pg_depend AS d
        JOIN pg_amop AS p ON d.classid = p.tableoid AND p.oid = d.objid
        WHERE d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid
        ORDER BY p.amopstrategy, p.amoplefttype::regtype::text, p.amoprighttype::regtype::text
    ) || ARRAY(
        SELECT format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL),
            format_type(p.amprocrighttype, NULL), p.amproc::regprocedure)
        FROM pg_depend AS d
        JOIN pg_amproc AS p ON d.classid = p.tableoid AND p.oid = d.objid
        WHERE d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid
        ORDER BY p.amprocnum, p.amproclefttype::regtype::text, p.amprocrighttype::regtype::text) AS members
FROM pg_opclass AS c
JOIN pg_namespace AS n ON n.oid = c.opcnamespace
JOIN pg_am AS a ON a.oid = c.opcmethod
JOIN pg_opfamily AS f ON f.oid = c.opcfamily
JOIN pg_namespace AS m ON m.oid = f.opfnamespace
WHERE c.oid >= 16384
