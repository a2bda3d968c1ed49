create table users (
    id bigserial primary key,
    email text unique,
    age integer check (age > 0),
    boss bigint references users
);
create index on users (age);
