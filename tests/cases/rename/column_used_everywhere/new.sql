create table food (
    id integer primary key,
    owner name not null default current_user,
    -- schemadiff: renamed from kcal
    energy integer not null constraint food_kcal_check check (energy >= 0),
    kj integer generated always as (energy * 4) stored
);
create index food_by_kcal on food (energy) where energy > 100;
create index food_by_twice on food ((energy * 2));
create statistics food_stats on energy, owner from food;
create view rich as select id, energy as kcal from food where energy > 300;
create view richer as select id, kcal as energy from rich;
alter table food enable row level security;
create policy moderate on food using (energy < 1000);
create function changed() returns trigger language plpgsql as 'begin return new; end';
create trigger changed before update of energy on food for each row when (old.energy is distinct from new.energy) execute function changed();
create function total() returns bigint language sql begin atomic select sum(f.energy) from food as f; end;
create rule nothing as on delete to food where old.energy = 0 do instead nothing;
