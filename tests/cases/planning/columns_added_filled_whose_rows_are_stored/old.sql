create table food (
    name text
);

create table menu (
    week date primary key,
    foods food[]
);
