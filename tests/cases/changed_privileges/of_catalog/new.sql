grant execute on function pg_catalog.pg_stat_reset() to pg_monitor with grant option;
grant select (rolname, rolsuper) on pg_catalog.pg_authid to public;
revoke usage on language plpgsql from public;
revoke all on function pg_catalog.pg_current_logfile() from public, pg_monitor, postgres;
revoke all on function pg_catalog.pg_sleep(double precision) from public, postgres;
