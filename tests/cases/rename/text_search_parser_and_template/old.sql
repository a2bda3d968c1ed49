create text search template t (lexize = dsimple_lexize, init = dsimple_init);
create text search parser p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
