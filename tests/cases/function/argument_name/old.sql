create function fee(days integer) returns integer
    language sql immutable
    return days * 2;

create view week_fee as
    select fee(7) as fee;
