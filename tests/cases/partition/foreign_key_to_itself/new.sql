create table node (
    id bigint primary key,
    parent bigint
) partition by range (id);

create table node_low partition of node for values from (0) to (10);
create table node_high partition of node for values from (10) to (20) partition by range (id);
create table node_highest partition of node_high for values from (15) to (20);

alter table node add foreign key (parent) references node (id);
