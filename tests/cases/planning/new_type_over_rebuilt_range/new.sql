create type price_range as range (
    subtype = numeric,
    multirange_type_name = price_ranges
);

create type offer as (
    usual price_range,
    seasonal price_ranges
);
