-- Versions differ in their columns, and a role that may not read one of them may not read the row: it is asked for by
-- text, and only where there is one.
SELECT
    'pg_subscription'::regclass::oid AS classid, s.oid AS objid, 0 AS objsubid, s.subowner AS owner, NULL::text[] AS acl,
    regexp_replace(regexp_replace(regexp_replace(x ->> 'subconninfo',
        '\m(ssl)?password\s*=\s*(''([^''\\]|\\.)*''|([^\s\\&?]|\\.)*)\s*', '', 'gi'),
        '^(postgres(?:ql)?://[^:/@?]*):[^@/]*@', '\1@', 'i'), '\s+$', '') AS connection,
    x ->> 'subconninfo' ~* '\mpassword\s*=|^postgres(ql)?://[^:/@?]*:[^@/]*@' AS secret,
    ARRAY(
        SELECT quote_ident(p.name) FROM jsonb_array_elements_text(x -> 'subpublications') WITH ORDINALITY AS p (name, place)
        ORDER BY p.place) AS publications,
    x ->> 'subslotname' AS slot,
    x ->> 'subsynccommit' AS synchronous_commit,
    (x ->> 'subbinary')::boolean AS binary,
    CASE x ->> 'substream' WHEN 'p' THEN 'parallel' WHEN 't' THEN 'on' WHEN 'true' THEN 'on' ELSE 'off' END AS streaming,
    coalesce(x ->> 'subtwophasestate', 'd') <> 'd' AS two_phase,
    coalesce((x ->> 'subdisableonerr')::boolean, false) AS disable_on_error,
    x ->> 'suborigin' AS origin,
    (x ->> 'subpasswordrequired')::boolean AS password_required,
    (x ->> 'subrunasowner')::boolean AS run_as_owner,
    (x ->> 'subfailover')::boolean AS failover
FROM (
    SELECT s.oid, s.subowner, CASE
        WHEN has_column_privilege('pg_subscription'::regclass, 'subconninfo', 'SELECT')
        THEN convert_from(decode((xpath('/row/r/text()', query_to_xml(format(
            'SELECT encode(convert_to(to_jsonb(s)::text, ''UTF8''), ''hex'') AS r FROM pg_subscription AS s WHERE s.oid = %s',
            s.oid), true, true, '')))[1]::text, 'hex'), 'UTF8')::jsonb END AS x
    FROM pg_subscription AS s
    WHERE s.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())) AS s
WHERE x IS NOT NULL
