create function due_on(start date, days integer) returns date
    language sql immutable
    return start + days;

create function fee(days integer default 1, rate numeric default 0.5) returns numeric
    language sql immutable
    return days * rate;
