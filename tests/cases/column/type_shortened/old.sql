create table book (
    id bigint primary key,
    title text,
    price numeric(8,2),
    bought timestamp with time zone,
    weight double precision,
    codes varchar(20)[]
);
