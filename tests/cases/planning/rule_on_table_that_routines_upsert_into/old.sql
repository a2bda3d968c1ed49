CREATE TABLE visit_count (reader text PRIMARY KEY, visits integer);
CREATE FUNCTION enter(name text) RETURNS void LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO visit_count VALUES (name, 1) ON CONFLICT DO NOTHING;
END;
