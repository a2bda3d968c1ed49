-- What sessions begin with, by database and role. What names a secret is left where it is.
WITH setting AS (
    SELECT s.setdatabase, s.setrole, c.place::integer AS place, r.rolname, v.name,
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
    WHERE v.name !~* ('\..*' || {secret})
)
