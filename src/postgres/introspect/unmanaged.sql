-- What no kind stands for and is no object by itself, one row a thing. What stands in braces is filled in by unmanaged.rs:
-- the settings that are compared.
SELECT format('large objects: %s of them', count(*)) FROM pg_largeobject_metadata HAVING count(*) > 0
UNION ALL
SELECT format('setting %s of %s', split_part(c, '=', 1), CASE s.setrole
    WHEN 0 THEN 'the database' ELSE format('role %I in the database', pg_get_userbyid(s.setrole)) END)
FROM pg_db_role_setting AS s, unnest(s.setconfig) WITH ORDINALITY AS u (c, place)
WHERE s.setdatabase = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND (s.tableoid, s.setrole, u.place) NOT IN (
{compared})
UNION ALL
SELECT format('partition %s, which is being detached', i.inhrelid::regclass)
FROM pg_inherits AS i WHERE i.inhdetachpending
