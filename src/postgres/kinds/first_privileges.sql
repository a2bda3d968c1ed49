DECLARE
    statement text;
BEGIN
    FOR statement IN
        WITH object AS (
            SELECT tableoid AS class, oid AS id, 'ROUTINE ' || oid::regprocedure AS name, proacl AS acl,
                acldefault('f', proowner) AS first
            FROM pg_proc
            UNION ALL
            SELECT tableoid, oid, 'TYPE ' || oid::regtype, typacl, acldefault('T', typowner) FROM pg_type
            UNION ALL
            SELECT tableoid, oid, 'SEQUENCE ' || oid::regclass, relacl, acldefault('s', relowner)
            FROM pg_class WHERE relkind = 'S'
            UNION ALL
            SELECT tableoid, oid, 'TABLE ' || oid::regclass, relacl, acldefault('r', relowner)
            FROM pg_class WHERE relkind <> 'S'
        ), born AS (
            -- Before 16 the server refuses to take an empty list apart.
            SELECT o.name, nullif(o.acl, '{}') AS acl, o.first
            FROM object AS o
            JOIN pg_depend AS d ON d.classid = o.class AND d.objid = o.id AND d.deptype = 'e'
            JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = {extension}
            LEFT JOIN pg_init_privs AS i ON i.classoid = o.class AND i.objoid = o.id AND i.objsubid = 0
            WHERE o.acl IS NOT NULL AND i.objoid IS NULL
        ), granted AS (
            SELECT name, 'REVOKE ' AS verb, ' FROM ' AS preposition, privilege_type, grantee
            FROM born, aclexplode(acl)
            EXCEPT
            SELECT name, 'REVOKE ', ' FROM ', privilege_type, grantee FROM born, aclexplode(first)
            UNION
            (SELECT name, 'GRANT ', ' TO ', privilege_type, grantee FROM born, aclexplode(first)
            EXCEPT
            SELECT name, 'GRANT ', ' TO ', privilege_type, grantee FROM born, aclexplode(acl))
        )
        SELECT format('%s%s ON %s%s%s', verb, privilege_type, name, preposition,
            CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END)
        FROM granted
    LOOP
        EXECUTE statement;
    END LOOP;
END
