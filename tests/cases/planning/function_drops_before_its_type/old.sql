create table product (
    id bigint primary key
);

create type colour as (red integer, green integer, blue integer);

create table paint (
    id bigint primary key,
    colour colour
);

create function is_dark(colour colour) returns boolean
    language sql immutable
    return (colour).red + (colour).green + (colour).blue < 200;

create view dark_paint as
    select id from paint where is_dark(colour);

create domain grey as colour
    constraint grey_is_grey check ((value).red = (value).green);
