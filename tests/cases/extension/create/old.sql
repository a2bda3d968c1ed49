create table article (
    id bigint primary key
);
