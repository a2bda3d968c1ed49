create table t (a integer);
create policy p on t using (a > 0);
