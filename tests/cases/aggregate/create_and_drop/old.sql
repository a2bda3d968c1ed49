create function multiply(state numeric, value numeric) returns numeric
    language sql immutable
    return state * value;

create aggregate total(numeric) (
    sfunc = numeric_add,
    stype = numeric
);
