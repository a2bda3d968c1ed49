create type float_range as range (
    subtype = float8,
    subtype_diff = float8mi
);

create table sensor (
    id bigint primary key,
    allowed float_range not null
);
