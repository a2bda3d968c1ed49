create table food (id integer);

create view numbered as
    select id as number from food;

create view eaten as
    select number from numbered;
