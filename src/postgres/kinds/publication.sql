SELECT
    'pg_publication'::regclass::oid AS classid, p.oid AS objid, 0 AS objsubid, p.pubowner AS owner, NULL::text[] AS acl,
    p.puballtables AS all_tables,
    array_remove(ARRAY[
        CASE WHEN p.pubinsert THEN 'insert' END,
        CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END,
        CASE WHEN p.pubtruncate THEN 'truncate' END], NULL) AS publish,
    p.pubviaroot AS via_partition_root,
    CASE to_jsonb(p) ->> 'pubgencols' WHEN 's' THEN 'stored' WHEN 'n' THEN 'none' END AS generated_columns
FROM pg_publication AS p
