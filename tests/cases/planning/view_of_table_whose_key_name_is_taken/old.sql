create table food (id integer constraint food_pkey primary key);

create view eaten as
    select id from food;
