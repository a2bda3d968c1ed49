create table something (
    id bigint primary key
);
