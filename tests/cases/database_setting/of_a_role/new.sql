DO $$
BEGIN
    EXECUTE format('ALTER ROLE "Reader%%s" IN DATABASE %I SET default_transaction_read_only = on', current_database());
END
$$;
ALTER USER app IN DATABASE nutrition SET statement_timeout = '10s';
ALTER ROLE ALL IN DATABASE nutrition SET statement_timeout = '20s';
