-- schemadiff: renamed from users
create table accounts (
    id bigserial primary key,
    email text unique,
    age integer check (age > 0),
    boss bigint references accounts
);
create index on accounts (age);
