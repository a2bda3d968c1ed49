create function vat(price numeric) returns numeric
    language sql immutable
    as 'select price * 0.24';

create function total(price numeric) returns numeric
    language sql immutable
    return price + vat(price);
