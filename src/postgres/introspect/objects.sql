-- Every object of the database, by its place in the system catalogs, one row a catalog; but for those that others say
-- themselves. Objects of the template have oids below 16384 (FirstNormalObjectId in PostgreSQL's transam.h).
SELECT classid, array_agg(objid) FROM (
    SELECT tableoid, oid FROM pg_am
    UNION ALL SELECT tableoid, oid FROM pg_amop
    UNION ALL SELECT tableoid, oid FROM pg_amproc
    -- A column says its generated value itself.
    UNION ALL SELECT d.tableoid, d.oid FROM pg_attrdef AS d WHERE NOT EXISTS (
        SELECT FROM pg_attribute AS a WHERE a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated <> '')
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
    -- Not everybody may read where it is.
    UNION ALL SELECT 'pg_subscription'::regclass, oid FROM pg_subscription
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
) AS things (classid, objid)
WHERE objid >= 16384
GROUP BY classid
