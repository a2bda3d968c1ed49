-- schemadiff: renamed from old
create table cur (id bigint generated always as identity primary key, n bigserial, a text, b text);
-- schemadiff: renamed from cur
create table old (id bigint generated always as identity primary key, n bigserial, a text);
