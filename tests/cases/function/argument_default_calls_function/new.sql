create function standard_rate() returns numeric
    language sql immutable
    return 0.24;

create function reduced_rate() returns numeric
    language sql immutable
    return standard_rate() / 2;

create function tax(price numeric, rate numeric default reduced_rate()) returns numeric
    language sql immutable
    return price * rate;
