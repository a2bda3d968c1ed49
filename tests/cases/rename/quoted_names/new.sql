-- schemadiff: renamed from "Food Log"
create table "food.log" (
    -- schemadiff: renamed from "Kcal; --"
    "the ""energy""" integer);
