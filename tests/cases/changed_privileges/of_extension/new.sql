create schema tools;
create extension citext schema tools;
revoke execute on function tools.citext_hash(tools.citext) from public;
revoke usage on type tools.citext from public;
