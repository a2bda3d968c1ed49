create table scan (
    id bigint primary key,
    image bytea,
    caption text
);

alter table scan alter column image set storage external;
