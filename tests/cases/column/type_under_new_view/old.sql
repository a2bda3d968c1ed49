create table job (
    id int primary key,
    config json
);
