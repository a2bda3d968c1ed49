create table visit (
    id bigint primary key,
    city text,
    street text
);

alter table visit alter column city set (n_distinct = -0.5, n_distinct_inherited = 40);
