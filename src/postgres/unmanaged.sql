-- What is in the database and no kind stands for, one row a thing. What stands in braces is filled in by unmanaged.rs:
-- the locations that the kinds read, and of kinds that stand for parts of rows those that are compared. Objects of the
-- template have oids below 16384 (FirstNormalObjectId in PostgreSQL's transam.h).
WITH RECURSIVE things (classid, objid) AS (
    SELECT tableoid, oid FROM pg_am
    UNION ALL SELECT tableoid, oid FROM pg_amop
    UNION ALL SELECT tableoid, oid FROM pg_amproc
    -- A column says its generated value itself.
    UNION ALL SELECT d.tableoid, d.oid FROM pg_attrdef AS d
        JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE a.attgenerated = ''
    UNION ALL SELECT tableoid, oid FROM pg_cast
    UNION ALL SELECT tableoid, oid FROM pg_class
    UNION ALL SELECT tableoid, oid FROM pg_collation
    -- A column says itself that it is NOT NULL.
    UNION ALL SELECT tableoid, oid FROM pg_constraint WHERE contype <> 'n' OR contypid <> 0
    UNION ALL SELECT tableoid, oid FROM pg_conversion
    UNION ALL SELECT tableoid, oid FROM pg_default_acl
    UNION ALL SELECT tableoid, oid FROM pg_event_trigger
    UNION ALL SELECT tableoid, oid FROM pg_extension
    UNION ALL SELECT tableoid, oid FROM pg_foreign_data_wrapper
    UNION ALL SELECT tableoid, oid FROM pg_foreign_server
    UNION ALL SELECT tableoid, oid FROM pg_language
    UNION ALL SELECT tableoid, oid FROM pg_namespace
    UNION ALL SELECT tableoid, oid FROM pg_opclass
    -- What an operator refers to and nobody has made yet.
    UNION ALL SELECT tableoid, oid FROM pg_operator WHERE oprcode <> 0
    UNION ALL SELECT tableoid, oid FROM pg_opfamily
    UNION ALL SELECT tableoid, oid FROM pg_policy
    UNION ALL SELECT tableoid, oid FROM pg_proc
    UNION ALL SELECT tableoid, oid FROM pg_publication
    UNION ALL SELECT DISTINCT classid, objid FROM pg_depend
        WHERE classid = to_regclass('pg_catalog.pg_publication_namespace')
    UNION ALL SELECT tableoid, oid FROM pg_publication_rel
    UNION ALL SELECT tableoid, oid FROM pg_rewrite
    UNION ALL SELECT tableoid, oid FROM pg_statistic_ext
    UNION ALL SELECT tableoid, oid FROM pg_subscription
        WHERE subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    UNION ALL SELECT tableoid, oid FROM pg_transform
    UNION ALL SELECT tableoid, oid FROM pg_trigger
    UNION ALL SELECT tableoid, oid FROM pg_ts_config
    UNION ALL SELECT tableoid, oid FROM pg_ts_dict
    UNION ALL SELECT tableoid, oid FROM pg_ts_parser
    UNION ALL SELECT tableoid, oid FROM pg_ts_template
    UNION ALL SELECT tableoid, oid FROM pg_type
    -- The table itself is closed to all but superusers.
    UNION ALL SELECT 'pg_user_mapping'::regclass, umid FROM pg_user_mappings
), unknown AS (
    SELECT classid, objid FROM things WHERE objid >= 16384
    EXCEPT ALL
{known}
), accounted (classid, objid) AS (
    -- What stands for something else, or comes with it: the row type of a table, the copy of a key on a partition, a
    -- member of an extension.
    SELECT u.classid, u.objid FROM unknown AS u
    WHERE EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = u.classid AND d.objid = u.objid AND d.objsubid = 0 AND d.deptype IN ('i', 'P', 'S', 'e'))
        OR (pg_identify_object(u.classid, u.objid, 0)).schema ~ '^pg_(temp|toast)'
        OR (u.classid = 'pg_namespace'::regclass AND EXISTS (
            SELECT FROM pg_namespace AS n WHERE n.oid = u.objid AND n.nspname ~ '^pg_(temp|toast)'))
    UNION
    -- Whatever belongs to it.
    SELECT u.classid, u.objid FROM unknown AS u
    JOIN pg_depend AS d ON d.classid = u.classid AND d.objid = u.objid AND d.deptype = 'a'
    JOIN accounted AS a ON d.refclassid = a.classid AND d.refobjid = a.objid
)
SELECT i.type || ' ' || i.identity
FROM (SELECT classid, objid FROM unknown EXCEPT SELECT classid, objid FROM accounted) AS u
CROSS JOIN LATERAL pg_identify_object(u.classid, u.objid, 0) AS i
-- Parts are not told with their wholes.
WHERE NOT EXISTS (
    SELECT FROM pg_depend AS d JOIN unknown AS w ON d.refclassid = w.classid AND d.refobjid = w.objid
    WHERE d.classid = u.classid AND d.objid = u.objid AND d.deptype = 'a')
UNION ALL
SELECT format('large objects: %s of them', count(*)) FROM pg_largeobject_metadata HAVING count(*) > 0
UNION ALL
SELECT format('setting %s of %s', split_part(c, '=', 1), CASE s.setrole
    WHEN 0 THEN 'the database' ELSE format('role %I in the database', pg_get_userbyid(s.setrole)) END)
FROM pg_db_role_setting AS s, unnest(s.setconfig) WITH ORDINALITY AS u (c, place)
WHERE s.setdatabase = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND (s.tableoid, s.setrole, u.place) NOT IN (
{compared})
UNION ALL
SELECT format('partition %s, which is being detached', i.inhrelid::regclass)
FROM pg_inherits AS i WHERE i.inhdetachpending
ORDER BY 1
