create function label(value integer) returns text
    language sql immutable
    return '#' || value;

create function label(value text) returns text
    language sql immutable
    return value;
