create table visit (
    id bigint primary key,
    city text,
    street text
);

alter table visit alter column street set (n_distinct = 100);
