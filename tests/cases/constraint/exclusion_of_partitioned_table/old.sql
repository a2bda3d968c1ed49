CREATE TABLE visit (room int4range, during int4range) PARTITION BY LIST (room);
CREATE TABLE visit_1 PARTITION OF visit FOR VALUES IN ('[1,2)');
CREATE TABLE loan (
    room int4range,
    during int4range,
    CONSTRAINT loan_alone EXCLUDE USING gist (room WITH =, during WITH &&)
) PARTITION BY LIST (room);
CREATE TABLE loan_1 PARTITION OF loan FOR VALUES IN ('[1,2)');
