create function time_minus(a time, b time) returns float8
    language sql immutable strict
    return extract(epoch from (a - b));
