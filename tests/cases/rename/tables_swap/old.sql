create table current_plan (id integer primary key, week date);
create table next_plan (id integer primary key, week date, draft boolean);
