CREATE SCHEMA maps;
CREATE OPERATOR CLASS maps.near FOR TYPE polygon USING gist AS
    OPERATOR 3 &&,
    OPERATOR 15 <-> (polygon, point) FOR ORDER BY pg_catalog.float_ops,
    FUNCTION 1 gist_poly_consistent(internal, polygon, smallint, oid, internal),
    FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 3 gist_poly_compress(internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal),
    FUNCTION 6 gist_box_picksplit(internal, internal),
    FUNCTION 7 gist_box_same(box, box, internal),
    FUNCTION 8 gist_poly_distance(internal, polygon, smallint, oid, internal),
    STORAGE box;
CREATE TABLE maps.shops (place box, outline polygon);
CREATE INDEX shops_outline ON maps.shops USING gist (outline maps.near);
