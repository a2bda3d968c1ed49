CREATE EXTENSION postgres_fdw;
CREATE SERVER supplier TYPE 'postgres' VERSION '15' FOREIGN DATA WRAPPER postgres_fdw
    OPTIONS (host 'supplier.example', dbname 'foods', fetch_size '500');
COMMENT ON SERVER supplier IS 'where foods come from';
GRANT USAGE ON FOREIGN SERVER supplier TO PUBLIC;
