create type float_range as range (subtype = float8);

create table sensor (
    id bigint primary key,
    allowed float_range not null
);
