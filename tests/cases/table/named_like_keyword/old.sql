create table "user" (
    "order" bigint primary key,
    "select" text
);

create table "group" (
    "table" bigint references "user"
);
