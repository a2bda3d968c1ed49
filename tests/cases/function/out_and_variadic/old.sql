create function bounds(variadic items integer[], out low integer, out high integer)
    language sql immutable
    as 'select min(item), max(item) from unnest(items) as item';
