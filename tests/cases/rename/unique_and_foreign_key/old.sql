create table t (a integer constraint once unique, b integer constraint up references t (a));
