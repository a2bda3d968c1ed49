CREATE OPERATOR FAMILY numbers USING btree;
CREATE OPERATOR CLASS whole_numbers FOR TYPE integer USING btree FAMILY numbers AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 btint4cmp(integer, integer),
    FUNCTION 2 btint4sortsupport(internal);
ALTER OPERATOR FAMILY numbers USING btree ADD
    OPERATOR 1 < (integer, bigint),
    OPERATOR 5 > (integer, bigint),
    FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);
