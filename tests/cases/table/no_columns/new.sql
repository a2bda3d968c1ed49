create table something (
    id bigint primary key
);

create table nothing ();
