create table loan (
    id bigint primary key
);
