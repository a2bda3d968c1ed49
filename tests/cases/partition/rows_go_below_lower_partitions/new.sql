CREATE TABLE visit (room integer, day date) PARTITION BY LIST (room);
CREATE TABLE visit_hall PARTITION OF visit FOR VALUES IN (1) PARTITION BY LIST (room);
CREATE TABLE visit_hall_days PARTITION OF visit_hall FOR VALUES IN (1) PARTITION BY RANGE (day);
CREATE TABLE visit_hall_all PARTITION OF visit_hall_days DEFAULT;
