SELECT
    'pg_foreign_data_wrapper'::regclass::oid AS classid, w.oid AS objid, 0 AS objsubid, w.fdwowner AS owner,
    w.fdwacl::text[] AS acl,
    (SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE p.oid = w.fdwhandler) AS handler,
    (SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE p.oid = w.fdwvalidator) AS validator,
    ARRAY(SELECT o FROM unnest(w.fdwoptions) AS o
        WHERE split_part(o, '=', 1) !~* {secret}
        ORDER BY o) AS options
FROM pg_foreign_data_wrapper AS w
