create table t (r int4range, constraint apart exclude using gist (r with &&));
