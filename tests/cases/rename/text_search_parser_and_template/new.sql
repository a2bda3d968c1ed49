-- schemadiff: renamed from t
create text search template plain (lexize = dsimple_lexize, init = dsimple_init);
-- schemadiff: renamed from p
create text search parser words (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
