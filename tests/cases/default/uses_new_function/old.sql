create table loan (
    id bigint primary key,
    due_on date not null
);
