create table "user" (
    "order" bigint primary key,
    "select" text
);

create table "group" (
    "table" bigint references "user",
    "column" text not null default 'default'
);
