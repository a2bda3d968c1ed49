create procedure note(inout message text)
    language plpgsql security definer
    set search_path = pg_catalog
    as 'begin message := message || ''?''; end';
