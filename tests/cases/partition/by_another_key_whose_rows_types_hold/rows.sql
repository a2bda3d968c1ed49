INSERT INTO event VALUES (1, '2024-02-03');
INSERT INTO archive SELECT 1, ARRAY[(ARRAY[p], ARRAY[e])::history] FROM event_all AS p, event AS e;
