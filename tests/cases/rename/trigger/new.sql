create table t (a integer);
create function f() returns trigger language plpgsql as 'begin return new; end';
-- schemadiff: renamed from before_t
create trigger checks before insert on t for each row execute function f();
