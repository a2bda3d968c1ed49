CREATE FUNCTION note_command() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE DEBUG '%', tg_tag; END $$;

CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION note_command();

CREATE EVENT TRIGGER "Note drops" ON sql_drop
    WHEN TAG IN ('DROP TABLE', 'DROP VIEW')
    EXECUTE FUNCTION note_command();
