create function bounds(variadic items integer[], out low integer, out high integer, out size bigint)
    language sql immutable
    as 'select min(item), max(item), count(*) from unnest(items) as item';

create function swap(inout a integer, inout b integer)
    language sql immutable
    as 'select b, a';
