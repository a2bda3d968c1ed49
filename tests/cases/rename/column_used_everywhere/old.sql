create table food (
    id integer primary key,
    owner name not null default current_user,
    kcal integer not null check (kcal >= 0),
    kj integer generated always as (kcal * 4) stored
);
create index food_by_kcal on food (kcal) where kcal > 100;
create index food_by_twice on food ((kcal * 2));
create statistics food_stats on kcal, owner from food;
create view rich as select id, kcal from food where kcal > 300;
create view richer as select id, kcal as energy from rich;
alter table food enable row level security;
create policy moderate on food using (kcal < 1000);
create function changed() returns trigger language plpgsql as 'begin return new; end';
create trigger changed before update of kcal on food for each row when (old.kcal is distinct from new.kcal) execute function changed();
create function total() returns bigint language sql begin atomic select sum(f.kcal) from food as f; end;
create rule nothing as on delete to food where old.kcal = 0 do instead nothing;
