CREATE TABLE visit (
    room int4range,
    during int4range,
    CONSTRAINT visit_alone EXCLUDE USING gist (room WITH =, during WITH &&)
) PARTITION BY LIST (room);
CREATE TABLE visit_1 PARTITION OF visit FOR VALUES IN ('[1,2)');
CREATE TABLE visit_2 PARTITION OF visit FOR VALUES IN ('[2,3)') PARTITION BY LIST (room);
CREATE TABLE visit_2_all PARTITION OF visit_2 DEFAULT;
CREATE TABLE loan (
    room int4range,
    during int4range,
    CONSTRAINT loan_alone EXCLUDE USING gist (room WITH =, during WITH -|-)
) PARTITION BY LIST (room);
CREATE TABLE loan_1 PARTITION OF loan FOR VALUES IN ('[1,2)');
CREATE TABLE loan_2 PARTITION OF loan FOR VALUES IN ('[2,3)');
