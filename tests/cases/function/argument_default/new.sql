create function due_on(start date, days integer default 28) returns date
    language sql immutable
    return start + days;

create function fee(days integer, rate numeric default 0.25) returns numeric
    language sql immutable
    return days * rate;
