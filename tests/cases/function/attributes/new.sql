create function items(value integer) returns setof integer
    language sql
    stable strict leakproof parallel safe cost 50 rows 10
    as 'select value';

create function secret() returns text
    language sql volatile
    set search_path = ''
    set work_mem = '16MB'
    as 'select ''x''';
