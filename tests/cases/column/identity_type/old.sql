create table invoice (
    number integer generated always as identity primary key
);
