create table t (a integer);
create rule keep as on delete to t do instead nothing;
