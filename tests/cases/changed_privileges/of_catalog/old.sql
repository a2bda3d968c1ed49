revoke execute on function pg_catalog.pg_ls_waldir() from pg_monitor;
grant select (rolname) on pg_catalog.pg_authid to public;
