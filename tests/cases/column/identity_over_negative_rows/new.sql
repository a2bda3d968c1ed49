create table visit (id bigint generated always as identity primary key);

create table debt (id integer generated always as identity (increment by -1) primary key);
