create extension pg_trgm version '1.3';
alter default privileges revoke execute on functions from public;
