create function standard_rate() returns numeric
    language sql immutable
    return 0.24;

create function tax(price numeric, rate numeric default 0.24) returns numeric
    language sql immutable
    return price * rate;
