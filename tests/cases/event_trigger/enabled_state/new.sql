CREATE FUNCTION note_command() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE DEBUG '%', tg_tag; END $$;

CREATE EVENT TRIGGER first_note ON ddl_command_end EXECUTE FUNCTION note_command();

ALTER EVENT TRIGGER first_note DISABLE;

CREATE EVENT TRIGGER second_note ON ddl_command_end EXECUTE FUNCTION note_command();

ALTER EVENT TRIGGER second_note ENABLE REPLICA;

CREATE EVENT TRIGGER third_note ON ddl_command_end EXECUTE FUNCTION note_command();
