create function multiply(state numeric, value numeric) returns numeric
    language sql immutable
    return state * value;

create aggregate product(numeric) (
    sfunc = multiply,
    stype = numeric,
    initcond = '1'
);
