create language calc handler plpgsql_call_handler;
