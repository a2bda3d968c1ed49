create function items(value integer) returns setof integer
    language sql
    as 'select value';

create function secret() returns text
    language sql volatile security definer
    set search_path = pg_catalog, public
    as 'select ''x''';
