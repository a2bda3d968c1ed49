create table food (
    name text,
    energy numeric,
    note text
);

create table menu (
    week date primary key,
    foods food[]
);
