-- schemadiff: renamed from calc
create language math handler plpgsql_call_handler;
