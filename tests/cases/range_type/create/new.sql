create table shift (
    id bigint primary key
);

create type time_range as range (subtype = time);
