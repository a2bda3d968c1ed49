-- What makes a database not empty, one row a thing, with the statement that drops it. Parts of other things (a column,
-- a table's index or row type) and members of extensions go with what they belong to. Objects of the template have
-- oids below 16384 (FirstNormalObjectId in PostgreSQL's transam.h); so has `public`, which stays.
WITH things (class, oid, rank) AS (
    SELECT 'pg_namespace'::regclass, oid, 1 FROM pg_namespace WHERE nspname !~ '^pg_'
    UNION ALL SELECT 'pg_event_trigger'::regclass, oid, 0 FROM pg_event_trigger
    UNION ALL SELECT 'pg_publication'::regclass, oid, 2 FROM pg_publication
    UNION ALL SELECT 'pg_class'::regclass, c.oid, 3
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND n.nspname !~ '^pg_'
    UNION ALL SELECT 'pg_proc'::regclass, oid, 4 FROM pg_proc
    UNION ALL SELECT 'pg_type'::regclass, t.oid, 5
              FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname !~ '^pg_'
    UNION ALL SELECT 'pg_operator'::regclass, oid, 6 FROM pg_operator
    UNION ALL SELECT 'pg_opfamily'::regclass, oid, 7 FROM pg_opfamily
    UNION ALL SELECT 'pg_opclass'::regclass, oid, 7 FROM pg_opclass
    UNION ALL SELECT 'pg_collation'::regclass, oid, 7 FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid, 7 FROM pg_conversion
    UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, 7 FROM pg_statistic_ext
    UNION ALL SELECT 'pg_cast'::regclass, oid, 7 FROM pg_cast
    UNION ALL SELECT 'pg_transform'::regclass, oid, 7 FROM pg_transform
    UNION ALL SELECT 'pg_ts_config'::regclass, oid, 7 FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid, 7 FROM pg_ts_dict
    UNION ALL SELECT 'pg_ts_parser'::regclass, oid, 7 FROM pg_ts_parser
    UNION ALL SELECT 'pg_ts_template'::regclass, oid, 7 FROM pg_ts_template
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 7 FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 7 FROM pg_foreign_server
    UNION ALL SELECT 'pg_am'::regclass, oid, 8 FROM pg_am
    UNION ALL SELECT 'pg_language'::regclass, oid, 8 FROM pg_language
    UNION ALL SELECT 'pg_default_acl'::regclass, oid, 9 FROM pg_default_acl
),
-- An entry goes when it says what holds without it: nothing within a schema, else what PostgreSQL grants by itself.
default_privileges (oid, statement) AS (
    SELECT a.oid,
           (SELECT string_agg(format('%s REVOKE ALL ON %s FROM %s', w.head, w.objects, r.grantee), '; ')
            FROM (SELECT DISTINCT CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE e.grantee::regrole::text END AS grantee
                  FROM aclexplode(a.defaclacl) e) r)
           || CASE WHEN a.defaclnamespace = 0
                   THEN format('; %s GRANT ALL ON %s TO %s', w.head, w.objects, a.defaclrole::regrole)
                        || CASE WHEN a.defaclobjtype IN ('f', 'T')
                                THEN format('; %s GRANT ALL ON %s TO PUBLIC', w.head, w.objects)
                                ELSE ''
                           END
                   ELSE ''
              END
    FROM pg_default_acl a
    CROSS JOIN LATERAL (
        SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %s', a.defaclrole::regrole)
               || CASE WHEN a.defaclnamespace = 0 THEN ''
                       ELSE format(' IN SCHEMA %s', a.defaclnamespace::regnamespace)
                  END AS head,
               CASE a.defaclobjtype
                   WHEN 'r' THEN 'TABLES'
                   WHEN 'S' THEN 'SEQUENCES'
                   WHEN 'f' THEN 'FUNCTIONS'
                   WHEN 'T' THEN 'TYPES'
                   WHEN 'n' THEN 'SCHEMAS'
                   WHEN 'L' THEN 'LARGE OBJECTS'
               END AS objects
    ) w
)
(SELECT CASE t.class
           WHEN 'pg_default_acl'::regclass THEN a.statement
           WHEN 'pg_cast'::regclass THEN (
               SELECT format('DROP CAST (%s AS %s) CASCADE', castsource::regtype, casttarget::regtype)
               FROM pg_cast WHERE oid = t.oid
           )
           WHEN 'pg_transform'::regclass THEN (
               SELECT format('DROP TRANSFORM FOR %s LANGUAGE %I CASCADE', trftype::regtype, lanname)
               FROM pg_transform r JOIN pg_language l ON l.oid = r.trflang WHERE r.oid = t.oid
           )
           ELSE format(
               'DROP %s %s CASCADE',
               CASE o.type
                   WHEN 'composite type' THEN 'type'
                   WHEN 'statistics object' THEN 'statistics'
                   WHEN 'foreign-data wrapper' THEN 'foreign data wrapper'
                   ELSE o.type
               END,
               o.identity
           )
       END AS statement,
       pg_describe_object(t.class, t.oid, 0) AS described
FROM things t
CROSS JOIN pg_identify_object(t.class, t.oid, 0) o
LEFT JOIN default_privileges a ON t.class = 'pg_default_acl'::regclass AND a.oid = t.oid
WHERE t.oid >= 16384
  AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = t.class AND d.objid = t.oid AND d.objsubid = 0 AND d.deptype IN ('e', 'i')
  )
ORDER BY t.rank, t.oid DESC)
UNION ALL
SELECT CASE s.setrole
           WHEN 0 THEN format('ALTER DATABASE %I RESET ALL', d.datname)
           ELSE format('ALTER ROLE %I IN DATABASE %I RESET ALL', pg_get_userbyid(s.setrole), d.datname)
       END,
       CASE s.setrole
           WHEN 0 THEN 'settings of the database'
           ELSE format('settings of role %I in the database', pg_get_userbyid(s.setrole))
       END
FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
WHERE d.datname = current_database()
