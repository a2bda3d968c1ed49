create table book (
    id bigint primary key
);

create function hello(name text default 'world') returns text
    language plpgsql immutable
    as $body$
begin
    return 'hello; ' || name || $$ it's me $$;
end;
$body$;
