create table author (name text not null);
