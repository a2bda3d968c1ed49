create function fee(days integer) returns numeric
    language sql immutable
    return days * 0.5;
