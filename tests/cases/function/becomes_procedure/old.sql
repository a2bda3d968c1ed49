create function clean() returns void
    language sql
    as 'select 1';
