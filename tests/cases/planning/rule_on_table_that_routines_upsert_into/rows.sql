INSERT INTO visit_count VALUES ('ann', 2);
