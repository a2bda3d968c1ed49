create function f() returns event_trigger language plpgsql as 'begin end';
-- schemadiff: renamed from e
create event trigger after_ddl on ddl_command_end execute function f();
