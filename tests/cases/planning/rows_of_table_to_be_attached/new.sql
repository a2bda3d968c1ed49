create table sale (id integer not null, amount integer) partition by range (id);
create table sale_1 partition of sale for values from (0) to (10);

create table report (
    old sale_1[],
    new sale[]
);
