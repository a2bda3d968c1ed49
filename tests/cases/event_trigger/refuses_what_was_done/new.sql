create table orders (id bigint primary key);

create function refuse() returns event_trigger
    language plpgsql
    as $$ begin raise exception 'tables stay'; end $$;

create event trigger refuse_tables on ddl_command_start
    when tag in ('DROP TABLE')
    execute function refuse();
