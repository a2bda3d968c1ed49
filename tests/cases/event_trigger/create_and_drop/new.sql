CREATE TABLE orders (id bigint PRIMARY KEY, placed_on date);

CREATE FUNCTION note_command() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE DEBUG '%', tg_tag; END $$;

CREATE EVENT TRIGGER note_end ON ddl_command_end
    EXECUTE FUNCTION note_command();

CREATE EVENT TRIGGER note_tables ON ddl_command_start
    WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE')
    EXECUTE FUNCTION note_command();

ALTER EVENT TRIGGER note_tables ENABLE REPLICA;

COMMENT ON EVENT TRIGGER note_end IS 'who changed what';
