create table note (
    id bigint primary key
);
