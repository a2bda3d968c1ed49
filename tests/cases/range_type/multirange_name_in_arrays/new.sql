create type price_range as range (
    subtype = numeric,
    multirange_type_name = price_ranges
);

create table offer (
    id bigint primary key,
    prices price_range[]
);
