CREATE TABLE item (id integer);
CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE DEBUG ''%'', tg_tag; END';
CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION on_ddl();
