create extension citext; create table reader (mail citext primary key);
