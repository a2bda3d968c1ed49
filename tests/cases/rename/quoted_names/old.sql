create table "Food Log" ("Kcal; --" integer);
