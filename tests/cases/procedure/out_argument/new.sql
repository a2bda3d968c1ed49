create procedure count_up(in start integer, out next integer)
    language plpgsql
    as 'begin next := start + 1; end';
