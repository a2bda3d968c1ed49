-- schemadiff: renamed from users
create table accounts (
    id integer primary key,
    -- schemadiff: renamed from phone
    telephone text unique,
    check (telephone <> '')
);
create index on accounts (telephone, id);
