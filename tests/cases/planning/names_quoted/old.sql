create schema "Shop";

create type "Shop"."Colour" as enum ('Red', 'it''s blue');

create table "Shop"."Order Line" (
    "ID" bigint primary key,
    "select" text default 'a "b" ''c''',
    "naïve ☕" "Shop"."Colour",
    "say ""hi""" integer
);
