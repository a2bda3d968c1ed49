SELECT
    m.classid, m.objid, 0 AS objsubid, NULL::oid AS owner, NULL::text[] AS acl,
    format('%I.%I USING %I', n.nspname, f.opfname, a.amname) AS family,
    format('%s %s (%s, %s)', m.word, m.number, m.lefttype, m.righttype) AS place,
    m.definition
FROM (
    SELECT
        p.tableoid AS classid, p.oid AS objid, p.amopfamily AS family, 'OPERATOR' AS word, p.amopstrategy AS number,
        format_type(p.amoplefttype, NULL) AS lefttype, format_type(p.amoprighttype, NULL) AS righttype,
        format('OPERATOR %s %s%s', p.amopstrategy, p.amopopr::regoperator, (
            SELECT format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
            FROM pg_opfamily AS s JOIN pg_namespace AS sn ON sn.oid = s.opfnamespace
            WHERE s.oid = p.amopsortfamily)) AS definition
    FROM pg_amop AS p
    UNION ALL
    SELECT
        p.tableoid, p.oid, p.amprocfamily, 'FUNCTION', p.amprocnum,
        format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL),
        format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL),
            format_type(p.amprocrighttype, NULL), p.amproc::regprocedure)
    FROM pg_amproc AS p) AS m
JOIN pg_opfamily AS f ON f.oid = m.family
JOIN pg_namespace AS n ON n.oid = f.opfnamespace
JOIN pg_am AS a ON a.oid = f.opfmethod
WHERE m.objid >= 16384 AND EXISTS (
    SELECT FROM pg_depend AS d
    WHERE d.classid = m.classid AND d.objid = m.objid AND d.refclassid = 'pg_opfamily'::regclass AND d.refobjid = f.oid)
