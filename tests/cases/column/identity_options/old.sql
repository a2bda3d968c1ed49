create table invoice (
    number bigint generated always as identity primary key
);
