create table food (id bigint primary key);

alter default privileges revoke execute on functions from public;
alter default privileges grant select on tables to app_reader;
