create function half(state numeric) returns numeric
    language sql immutable
    return state / 2;

create aggregate half_sum(numeric) (
    sfunc = numeric_add,
    stype = numeric,
    finalfunc = half,
    finalfunc_modify = read_only,
    initcond = '0',
    msfunc = numeric_add,
    minvfunc = numeric_sub,
    mstype = numeric,
    mfinalfunc = half,
    minitcond = '0'
);
