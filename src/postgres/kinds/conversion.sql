SELECT
    'pg_conversion'::regclass::oid AS classid, c.oid AS objid, 0 AS objsubid, c.conowner AS owner, NULL::text[] AS acl,
    c.condefault AS default,
    pg_encoding_to_char(c.conforencoding)::text AS source,
    pg_encoding_to_char(c.contoencoding)::text AS target,
    c.conproc::text AS function
FROM pg_conversion AS c
