create table users (id integer primary key, phone text unique, check (phone <> ''));
create index on users (phone, id);
