create table sale (id integer not null, amount bigint) partition by range (id);
create table sale_1 (id integer not null, amount integer);

create table report (
    old sale_1[],
    new sale[]
);
