create table food (id integer);

create view numbered as
    select id as food_number from food;

create view eaten as
    select food_number as number from numbered;
