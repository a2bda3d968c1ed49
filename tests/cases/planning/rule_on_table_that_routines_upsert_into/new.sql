CREATE TABLE visit_count (reader text PRIMARY KEY, visits integer);
CREATE FUNCTION enter(name text) RETURNS void LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO visit_count VALUES (name, 1) ON CONFLICT (reader) DO UPDATE SET visits = visit_count.visits + 1;
END;
CREATE PROCEDURE again(name text) LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO visit_count VALUES (name, 1) ON CONFLICT (reader) DO NOTHING;
END;
CREATE RULE told AS ON UPDATE TO visit_count DO ALSO NOTIFY visits;
