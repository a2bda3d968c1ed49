-- What was eaten: a partition a month, so that old months are cheap to keep and to drop.

create table food_log (
    id bigint not null generated always as identity,
    account_id bigint not null references account on delete cascade,
    -- schemadiff: allow foreign-key-without-index: what was eaten stays in the catalogue
    food_id bigint not null references food,
    eaten_on date not null default current_date,
    meal meal not null,
    weight grams not null,
    remark text,
    primary key (id, eaten_on)
) partition by range (eaten_on);

create table food_log_2026_01 partition of food_log
    for values from ('2026-01-01') to ('2026-02-01');

create table food_log_2026_02 partition of food_log
    for values from ('2026-02-01') to ('2026-03-01');

create table food_log_2026_03 partition of food_log
    for values from ('2026-03-01') to ('2026-04-01');

create table food_log_later partition of food_log default;

create index food_log_account_idx on food_log (account_id, eaten_on desc);

-- What each person took in on each day; refreshed by the nightly job.
create materialized view daily_intake as
    select
        food_log.account_id,
        food_log.eaten_on,
        food_nutrient.nutrient_code,
        sum(food_nutrient.amount_per_100g * food_log.weight / 100) as amount
    from food_log
    join food_nutrient on food_nutrient.food_id = food_log.food_id
    group by food_log.account_id, food_log.eaten_on, food_nutrient.nutrient_code;

create unique index daily_intake_idx on daily_intake (account_id, eaten_on, nutrient_code);

comment on table food_log is 'what was eaten; a partition a month';
comment on materialized view daily_intake is 'refreshed by the nightly job';
