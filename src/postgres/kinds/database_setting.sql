-- Settings of this database, and of roles in it. Those that name a secret are left where they are.
SELECT
    'pg_db_role_setting'::regclass::oid AS classid, s.setrole AS objid, c.place::integer AS objsubid,
    NULL::oid AS owner, NULL::text[] AS acl,
    'database setting' AS class, array_remove(ARRAY[v.name, r.rolname]::text[], NULL) AS names, '{}'::text[] AS args,
    v.name || coalesce(' of ' || quote_ident(r.rolname), '') AS identity,
    quote_ident(r.rolname) AS role,
    quote_ident(v.name) AS name,
    -- Lists of names, as pg_dump knows them: each item is a string of its own.
    CASE WHEN v.name IN ('local_preload_libraries', 'search_path', 'session_preload_libraries', 'shared_preload_libraries',
            'temp_tablespaces', 'unix_socket_directories')
        THEN coalesce((
            SELECT string_agg(quote_literal(coalesce(replace(i.item[1], '""', '"'), i.item[2])), ', ' ORDER BY i.place)
            FROM regexp_matches(v.value, '\s*(?:"((?:[^"]|"")*)"|([^",\s]+))\s*(?:,|$)', 'g')
                WITH ORDINALITY AS i (item, place)), '''''')
        ELSE quote_literal(v.value) END AS value
FROM pg_db_role_setting AS s
LEFT JOIN pg_roles AS r ON r.oid = s.setrole,
unnest(s.setconfig) WITH ORDINALITY AS c (setting, place),
LATERAL (SELECT split_part(c.setting, '=', 1) AS name, substr(c.setting, strpos(c.setting, '=') + 1) AS value) AS v
WHERE s.setdatabase = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND v.name !~* '\..*(password|passwd|passphrase|secret|token|credential)'
