create function half(state numeric) returns numeric
    language sql immutable
    return state / 2;

create aggregate half_sum(numeric) (
    sfunc = numeric_add,
    stype = numeric,
    initcond = '0'
);
