-- What can be eaten, and what is in it.

create table nutrient (
    code text primary key,
    name text not null unique,
    unit text not null,
    position smallint not null default 100,
    constraint nutrient_unit_known check (unit in ('g', 'mg', 'µg', 'kcal'))
);

create table food (
    id bigint generated always as identity primary key,
    name text not null,
    brand text,
    created_by bigint references account on delete set null,
    barcode text,
    search tsvector generated always as (
        setweight(to_tsvector('simple', name), 'A')
        || setweight(to_tsvector('simple', coalesce(brand, '')), 'B')
    ) stored,
    constraint food_barcode_digits check (barcode ~ '^[0-9]{8,14}$')
);

create index food_search_idx on food using gin (search);

create index food_created_by_idx on food (created_by);

create unique index food_barcode_idx on food (barcode) where barcode is not null;

create table food_nutrient (
    food_id bigint not null references food on delete cascade,
    nutrient_code text not null references nutrient,
    amount_per_100g numeric(10, 3) not null,
    primary key (food_id, nutrient_code),
    constraint food_nutrient_amount_sane check (amount_per_100g >= 0)
);

create index food_nutrient_code_idx on food_nutrient (nutrient_code, amount_per_100g desc);

-- Search as you type: every word counts, the last one as a prefix.
create function find_food(words text, at_most integer default 20) returns setof food
    language sql stable
    rows 20
begin atomic
    select food.*
    from food
    where search @@ to_tsquery('simple', regexp_replace(trim(words), '\s+', ':* & ', 'g') || ':*')
    order by ts_rank(search, to_tsquery('simple', regexp_replace(trim(words), '\s+', ':* & ', 'g') || ':*')) desc
    limit at_most;
end;

comment on table nutrient is 'energy, macronutrients, vitamins and minerals';
comment on column nutrient.position is 'where it stands on a label, from the top';
comment on table food is 'what can be eaten';
comment on column food.search is 'name before brand';
comment on index food_barcode_idx is 'what the scanner looks up';
comment on column food_nutrient.amount_per_100g is 'in the unit of the nutrient';
comment on function find_food(text, integer) is 'search as you type';
