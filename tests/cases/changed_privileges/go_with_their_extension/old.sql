create schema tools;
create extension citext schema tools;
grant execute on function tools.citext_hash(tools.citext) to pg_monitor;
