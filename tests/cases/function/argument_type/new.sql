create function fee(days bigint) returns numeric
    language sql immutable
    return days * 0.5;
