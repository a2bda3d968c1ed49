create type mood as enum ('low', 'high');
create table t (m mood);
