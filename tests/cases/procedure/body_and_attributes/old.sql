create procedure note(inout message text)
    language plpgsql
    as 'begin message := message || ''!''; end';
