CREATE TABLE orders (id bigint PRIMARY KEY, placed_on date);

CREATE TABLE parcels (id bigint PRIMARY KEY);

CREATE FUNCTION refuse() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'tables stay'; END $$;

CREATE EVENT TRIGGER refuse_tables ON ddl_command_start
    WHEN TAG IN ('DROP TABLE')
    EXECUTE FUNCTION refuse();
