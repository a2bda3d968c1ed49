create schema "Shop";

create type "Shop"."Colour" as enum ('Red', 'it''s blue', '"green"');

create table "Shop"."Order Line" (
    "ID" bigint primary key,
    "select" text default 'a "b" ''d''',
    "naïve ☕" "Shop"."Colour" default '"green"',
    "say ""hi""" bigint not null,
    "dot.ted" text,
    constraint "Price > 0" check ("say ""hi""" > 0)
);

create index "Order Line's index" on "Shop"."Order Line" ("select", lower("dot.ted"));

create function "Shop"."Do It"("The Argument" text default 'x') returns text
    language sql immutable
    as 'select "The Argument"';

comment on column "Shop"."Order Line"."naïve ☕" is 'café';
