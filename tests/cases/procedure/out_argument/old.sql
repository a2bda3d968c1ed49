create procedure count_up(in start integer)
    language plpgsql
    as 'begin perform start + 1; end';
