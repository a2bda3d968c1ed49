create function fee(late_days integer) returns integer
    language sql immutable
    return late_days * 2;

create view week_fee as
    select fee(7) as fee;
