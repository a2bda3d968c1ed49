SELECT
    'pg_language'::regclass::oid AS classid, l.oid AS objid, 0 AS objsubid, l.lanowner AS owner,
    l.lanacl::text[] AS acl,
    l.lanpltrusted AS trusted,
    (SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE p.oid = l.lanplcallfoid) AS handler,
    (SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE p.oid = l.laninline) AS inline,
    (SELECT format('%I.%I', n.nspname, p.proname) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE p.oid = l.lanvalidator) AS validator
FROM pg_language AS l
WHERE l.lanispl
