create table food (
    name text,
    energy integer,
    remark text
);

create table menu (
    week date primary key,
    foods food[]
);
