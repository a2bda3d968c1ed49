create function time_minus(a time, b time) returns float8
    language sql immutable strict
    return extract(epoch from (a - b));

create type time_range as range (
    subtype = time,
    subtype_diff = time_minus
);

create table shift (
    id bigint primary key,
    hours time_range not null,
    exclude using gist (hours with &&)
);
