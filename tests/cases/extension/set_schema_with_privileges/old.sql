create schema library;
create extension postgres_fdw schema library;
revoke execute on function library.postgres_fdw_disconnect_all() from public;
