create function secret() returns text
    language sql
    as 'select ''x''';

create function open_to_all() returns text
    language sql
    as 'select ''y''';

revoke execute on function open_to_all() from public;
