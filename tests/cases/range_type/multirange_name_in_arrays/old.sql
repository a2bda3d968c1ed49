create type price_range as range (subtype = numeric);

create table offer (
    id bigint primary key,
    prices price_range[]
);
