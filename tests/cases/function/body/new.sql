create function vat(price numeric) returns numeric
    language sql immutable
    as 'select round(price * 0.255, 2)';

create function total(price numeric) returns numeric
    language sql immutable
    return price + vat(price);
