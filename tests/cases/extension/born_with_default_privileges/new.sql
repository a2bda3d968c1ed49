alter default privileges revoke execute on functions from public;

create extension postgres_fdw;
